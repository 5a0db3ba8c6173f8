import type { FileResult } from './messages.ts';
import type { Outcome, Task } from './outcome.ts';

let lastJobId = 0;

/** What a job needs to know of the worker that finished it. */
interface Finisher {
  readonly environmentId: string;
  readonly initMs: number;
}

/** A task on its way through the pool. */
export class Job {
  readonly id: number;
  readonly task: Task;
  readonly #handedMs = performance.now();
  readonly #outcome = Promise.withResolvers<Outcome>();
  attempt = 1;
  /** Its worker may hold no other image: a worker died while it held this one. */
  alone = false;
  /** First image of a worker that had no warm-up. */
  cold = false;
  /** Its worker has begun to process it. */
  isStarted = false;

  constructor(task: Task) {
    lastJobId += 1;
    this.id = lastJobId;
    this.task = task;
  }

  get outcome(): Promise<Outcome> {
    return this.#outcome.promise;
  }

  again(attempt: number): this {
    this.attempt = attempt;
    this.alone = true;
    this.isStarted = false;
    return this;
  }

  /** @param turnMs how long the worker had this image in hand, by the worker's clock. */
  finish(worker: Finisher, turnMs: number, result: FileResult): void {
    const endToEndMs = performance.now() - this.#handedMs;
    this.#outcome.resolve({
      task: this.task,
      attempt: this.attempt,
      environmentId: worker.environmentId,
      cold: this.cold,
      initMs: this.cold ? worker.initMs : null,
      // Two clocks, but no timestamp of one is compared with one of the other.
      queueDelayMs: Math.max(0, endToEndMs - (result.downloadMs ?? 0) - turnMs),
      endToEndMs,
      result,
    });
  }

  reject(reason: unknown): void {
    this.#outcome.reject(reason);
  }
}
