import { WorkerStartError } from './errors.ts';
import type { PoolEvent } from './events.ts';
import { Job } from './job.ts';
import type { FileResult } from './messages.ts';
import type { Outcome, Task } from './outcome.ts';
import { PooledWorker, type WarmUp } from './pooled-worker.ts';

const MAX_ATTEMPTS = 2;
const MAX_START_FAILURES = 3;

export interface PoolOptions {
  readonly workers: number;
  readonly warmUp: WarmUp;
  /** What a worker is told, by its number (1-based, never used twice). */
  readonly startWorker: ConstructorParameters<typeof PooledWorker>[1]['start'];
  readonly onEvent: (event: PoolEvent) => void;
}

/**
 * A fixed number of worker processes and one queue. Each worker processes one image at a time and reads the
 * next one's file meanwhile. A worker that dies is replaced; the image that it was processing is tried once
 * more, alone in its worker, so that it cannot take another image down with it a second time.
 */
export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #waiting: Job[] = [];
  readonly #workers = new Set<PooledWorker>();
  readonly #warm = Promise.withResolvers<void>();
  readonly #startedMs = performance.now();
  #workersStarted = 0;
  #startFailures = 0;
  #isWarm = false;
  #closedBy: unknown;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#warm.promise.catch(() => undefined);
    for (let count = 0; count < options.workers; count += 1) this.#start(true);
  }

  /** When every worker has started and has processed its warm-up images. */
  get warm(): Promise<void> {
    return this.#warm.promise;
  }

  /** Waits for a free worker as long as it takes. Rejects only when the pool is closed or cannot start workers. */
  async submit(task: Task): Promise<Outcome> {
    if (this.#closedBy !== undefined) throw this.#closedBy;
    const job = new Job(task);
    this.#waiting.push(job);
    this.#dispatch();
    return job.outcome;
  }

  /** Kills the workers and rejects what is unfinished with `reason`. May be called again. */
  async close(reason: unknown): Promise<void> {
    this.#closedBy ??= reason;
    this.#warm.reject(reason);
    for (const job of this.#waiting.splice(0)) job.reject(reason);
    await Promise.all(
      [...this.#workers].map(async (worker) => {
        for (const job of worker.inFlight.splice(0)) job.reject(reason);
        await worker.kill();
      }),
    );
  }

  #start(warmUp: boolean): void {
    this.#workersStarted += 1;
    const worker: PooledWorker = new PooledWorker(this.#workersStarted, {
      start: this.#options.startWorker,
      warmUp: warmUp ? this.#options.warmUp : { paths: [], images: 0 },
      onReady: () => this.#ready(),
      onStarted: (job) => this.#started(worker, job),
      onFinished: (job, turnMs, result) => this.#finished(worker, job, turnMs, result),
      onExit: (reason) => this.#died(worker, reason),
    });
    this.#workers.add(worker);
  }

  #ready(): void {
    this.#startFailures = 0;
    const workers = [...this.#workers];
    if (!this.#isWarm && workers.every((worker) => worker.state === 'ready')) {
      this.#isWarm = true;
      const durationMs = performance.now() - this.#startedMs;
      this.#options.onEvent({ type: 'warm', workers: workers.length, durationMs });
      this.#warm.resolve();
    }
    this.#dispatch();
  }

  /** Idle workers first; a second image per worker only while enough are waiting that no worker runs out of work. */
  #dispatch(): void {
    if (!this.#isWarm) return;
    const ready = [...this.#workers].filter((worker) => worker.state === 'ready');
    for (const worker of ready) if (worker.inFlight.length === 0) this.#give(worker);
    for (const worker of ready) {
      const mayReadAhead = worker.inFlight.length === 1 && worker.inFlight[0]?.alone === false;
      const next = this.#waiting[0];
      if (mayReadAhead && next?.alone === false && this.#waiting.length > this.#options.workers)
        this.#give(worker);
    }
  }

  #give(worker: PooledWorker): void {
    const job = this.#waiting.shift();
    if (job !== undefined) worker.give(job);
  }

  #started(worker: PooledWorker, job: Job): void {
    job.isStarted = true;
    const { image, repetition } = job.task;
    const { environmentId, pid } = worker;
    this.#options.onEvent({
      type: 'imageStarted',
      image,
      repetition,
      attempt: job.attempt,
      environmentId,
      pid,
    });
  }

  #finished(worker: PooledWorker, job: Job, turnMs: number, result: FileResult): void {
    if (result.status === 'error' && result.cause === 'fault' && job.attempt < MAX_ATTEMPTS) {
      this.#waiting.unshift(job.again(job.attempt + 1));
    } else {
      if (!job.isStarted) this.#started(worker, job);
      job.finish(worker, turnMs, result);
    }
    this.#dispatch();
  }

  #died(worker: PooledWorker, reason: string): void {
    this.#workers.delete(worker);
    if (this.#closedBy !== undefined) return;

    if (worker.state === 'starting') {
      this.#startFailures += 1;
      if (this.#startFailures >= MAX_START_FAILURES) {
        void this.close(new WorkerStartError(this.#startFailures, reason, worker.stderr));
        return;
      }
    }
    // The image being processed is to blame; the one whose file was being read goes back untried, but from now on alone.
    const blamed = worker.inFlight.find((job) => job.isStarted) ?? worker.inFlight[0];
    const others = worker.inFlight.filter((job) => job !== blamed);
    const willRetry = blamed !== undefined && blamed.attempt < MAX_ATTEMPTS;
    const { environmentId, pid, stderr } = worker;
    this.#options.onEvent({
      type: 'workerDied',
      environmentId,
      pid: pid === 0 ? null : pid,
      reason: stderr === '' ? reason : `${reason}: ${stderr}`,
      image: blamed?.task.image ?? null,
      repetition: blamed?.task.repetition ?? null,
      willRetry,
    });
    for (const job of others) this.#waiting.unshift(job.again(job.attempt));
    if (willRetry) this.#waiting.unshift(blamed.again(blamed.attempt + 1));
    else blamed?.finish(worker, 0, workerDiedResult(environmentId, reason));
    // A worker that died of a warm-up image is replaced by one that starts cold, and says so in its first record.
    this.#start(worker.state !== 'warming');
  }
}

function workerDiedResult(environmentId: string, reason: string): FileResult {
  return {
    status: 'error',
    cause: 'fault',
    error: `worker-died: ${environmentId} ${reason} while it processed this image (attempt ${MAX_ATTEMPTS} of ${MAX_ATTEMPTS})`,
    version: null,
    originalSizeBytes: null,
    downloadMs: null,
    timestamp: new Date().toISOString(),
  };
}
