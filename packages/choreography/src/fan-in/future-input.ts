import type { Json } from '@skyground/asl';

/** The output of a branch, which may be still to come. */
export class FutureInput {
  /** The index of the branch or iteration. */
  readonly branch: number;
  readonly #isResolved: () => boolean;
  readonly #value: () => Promise<Json>;

  constructor(branch: number, isResolved: () => boolean, value: () => Promise<Json>) {
    this.branch = branch;
    this.#isResolved = isResolved;
    this.#value = value;
  }

  /** Whether the branch is known to have ended. Only `value()`, of any input, asks anew. */
  get isResolved(): boolean {
    return this.#isResolved();
  }

  /** Waits for the branch to end. Rejects with a StatesError if the fan-out fails, and when the function's time is up. */
  value(): Promise<Json> {
    return this.#value();
  }
}
