/** The process's exit codes. Documented in the README; scripts rely on them. */
export const exitCodes = {
  /** Compared; an image that fails alike on both sides is listed. */
  compared: 0,
  failed: 1,
  usage: 2,
  /** Finished, but the comparison is not valid: see the findings. */
  notValid: 3,
  /** `doctor` found a problem of this machine, the target or the way between them. */
  environment: 5,
  stopped: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
