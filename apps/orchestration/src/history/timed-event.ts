import type { ProbeTimes } from './probe-times.ts';

/** One event of an execution's history, the same for both types of state machine. */
export interface TimedEvent {
  /** Counts from 1 in each execution. */
  readonly id: number;
  /** The event that this one follows in its branch; 0 for the first. */
  readonly previousId: number;
  /** AWS's word, such as `TaskStateEntered`. */
  readonly type: string;
  /** The state that it belongs to, also for the events of a task, which do not name one; null for those of the execution. */
  readonly stateName: string | null;
  /** Epoch milliseconds, by the clock of Step Functions. */
  readonly atMs: number;
  /** What the probe answered, where this is its TaskSucceeded. */
  readonly probe: ProbeTimes | null;
}
