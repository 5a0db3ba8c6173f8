/** What one invocation of the probe says of itself, by the clock of its environment. */
export interface ProbeTimes {
  readonly stepName: string;
  /** Epoch milliseconds with fractions. */
  readonly invokedAtMs: number;
  /** Epoch milliseconds with fractions. */
  readonly finishedAtMs: number;
  /** The first invocation of its environment. */
  readonly coldStart: boolean;
  readonly requestId: string;
}
