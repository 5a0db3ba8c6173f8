/**
 * A sample as the validity checks see it, whatever the experiment measures: each experiment says how its own rows look this way
 * (`observe`). Times are epoch milliseconds of the client's monotonic clock; null where a sample has no such thing.
 */
export interface Observation {
  /** What is compared: `on_prem`, `cloud`, `CLASSIC`, `width 20`. */
  readonly arm: string;
  /**
   * What was to be measured, by a name that the plan has too. Once per arm. What differs only in the number after the last `#` is
   * the same work done again: `FHD_01.jpg#1`, `FHD_01.jpg#2`. Warm-up has names of its own, which the plan has not.
   */
  readonly unit: string;
  /**
   * The planned unit that the sample belongs to, where the plan could not know how many samples there would be (a closed load of
   * a given time), and how many belong to it. It is measured once so many rows are there whose units differ only in the number
   * after the last `#`; measured again after a kill, they need another name before it.
   */
  readonly partOf?: { readonly unit: string; readonly parts: number };
  /** When it should have been sent; null in closed loops. */
  readonly dueAtMs: number | null;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** The figure that the arms are compared by; null where there is none (a failure). */
  readonly durationMs: number | null;
  /** `unsent`: it was due and never went out. */
  readonly outcome: 'succeeded' | 'failed' | 'timed out' | 'unsent';
  /** Whether an execution environment had to start for it; `unknown` where the log that says so is missing. */
  readonly start: 'cold' | 'warm' | 'unknown' | 'not applicable';
  /**
   * The start that the experiment brought about on purpose; `either` where which of both it becomes is what it asks. Absent where
   * cold starts only disturb: arms then need about equal shares of them.
   */
  readonly intendedStart?: 'cold' | 'warm' | 'either';
  /** False for a sample whose handler did nothing (a stub, an empty answer). */
  readonly didWork: boolean;
  /**
   * What should have run and what did, as the system itself reported it: the mode in the handler's answer, the branches in the
   * history, the width counted; null where it cannot say. Without it, a mode set on the wrong function goes unseen.
   */
  readonly variant: { readonly expected: string; readonly actual: string } | null;
  /** False for warm-up and whatever else is kept but not compared. */
  readonly isCompared: boolean;
  /** Bytes that were meant to travel and those that did; null where no payload is of interest. */
  readonly payload: { readonly expectedBytes: number; readonly actualBytes: number } | null;
}
