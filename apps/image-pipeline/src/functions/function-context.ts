import type { ResultStore } from '../results/write-object.ts';

/** What the functions are given by the place that they run in. */
export interface FunctionContext extends ResultStore {
  readonly clock: {
    /** Milliseconds since any moment; never goes back. */
    readonly steadyMs: () => number;
    /** Epoch milliseconds. */
    readonly wallMs: () => number;
    readonly sleep: (durationMs: number) => Promise<void>;
  };
  /** One line of the function's log. */
  readonly log: (line: object) => void;
}
