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
  startedMs: number | undefined;

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
    this.startedMs = undefined;
    return this;
  }

  finish(worker: Finisher, result: FileResult): void {
    const finishedMs = performance.now();
    const waitedMs = (this.startedMs ?? finishedMs) - this.#handedMs - (result.downloadMs ?? 0);
    this.#outcome.resolve({
      task: this.task,
      attempt: this.attempt,
      environmentId: worker.environmentId,
      cold: this.cold,
      initMs: this.cold ? worker.initMs : null,
      queueDelayMs: Math.max(0, waitedMs),
      endToEndMs: finishedMs - this.#handedMs,
      result,
    });
  }

  reject(reason: unknown): void {
    this.#outcome.reject(reason);
  }
}
