/** The exit codes of whatever runs an experiment. Documented; scripts rely on them. */
export const exitCodes = {
  valid: 0,
  failed: 1,
  usage: 2,
  /** Finished, but the comparison is not valid: see the findings. */
  notValid: 3,
  /** As k6: valid, but a threshold that the person set was not kept. */
  thresholdBreached: 99,
  stopped: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
