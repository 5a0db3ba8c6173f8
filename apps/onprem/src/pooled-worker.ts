import type { Job } from './job.ts';
import type { FileResult, WorkerReply } from './messages.ts';
import type { WorkerListeners, WorkerProcess } from './worker-process.ts';

/** How many images a worker processes before its first measured one, and which ones may be taken for it. */
export interface WarmUp {
  readonly paths: readonly string[];
  readonly images: number;
}

/** A folder of nothing but bad files must not hold up the start for ever. */
const MAX_TRIES_PER_WARM_UP_IMAGE = 10;

interface PooledWorkerOptions {
  readonly start: (number: number, listeners: WorkerListeners) => WorkerProcess;
  readonly warmUp: WarmUp;
  readonly onReady: () => void;
  readonly onStarted: (job: Job) => void;
  readonly onFinished: (job: Job, turnMs: number, result: FileResult) => void;
  readonly onExit: (reason: string) => void;
}

/** A worker process with what the pool knows about it: its warm-up, and the jobs that it holds. */
export class PooledWorker {
  readonly #process: WorkerProcess;
  readonly #options: PooledWorkerOptions;
  readonly #startedMs = performance.now();
  /** At most two: one is processed, the next one's file is read. */
  readonly inFlight: Job[] = [];
  state: 'starting' | 'warming' | 'ready' = 'starting';
  initMs = 0;
  #warmUpTries = 0;
  #imagesProcessed = 0;

  constructor(number: number, options: PooledWorkerOptions) {
    this.#options = options;
    this.#process = options.start(number, {
      onReply: (reply) => this.#onReply(reply),
      onExit: options.onExit,
    });
  }

  get environmentId(): string {
    return this.#process.environmentId;
  }

  /** 0 when the process could not be started. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get stderr(): string {
    return this.#process.stderr;
  }

  give(job: Job): void {
    job.cold = this.#imagesProcessed === 0;
    this.#imagesProcessed += 1;
    this.inFlight.push(job);
    const { image, path, outputPath } = job.task;
    this.#process.send({ jobId: job.id, image, path, outputPath });
  }

  async kill(): Promise<void> {
    await this.#process.kill();
  }

  #onReply(reply: WorkerReply): void {
    if (reply.type === 'ready') {
      this.initMs = performance.now() - this.#startedMs;
      this.state = 'warming';
      this.#warmUpNext();
      return;
    }
    if (this.state === 'warming') {
      if (reply.type !== 'finished') return;
      if (reply.result.status === 'ok') this.#imagesProcessed += 1;
      this.#warmUpNext();
      return;
    }
    // A job that is no longer here was given up when the pool was closed.
    const job = this.inFlight.find(({ id }) => id === reply.jobId);
    if (job === undefined) return;
    if (reply.type === 'started') {
      this.#options.onStarted(job);
    } else {
      this.inFlight.splice(this.inFlight.indexOf(job), 1);
      this.#options.onFinished(job, reply.turnMs, reply.result);
    }
  }

  #warmUpNext(): void {
    const { paths, images } = this.#options.warmUp;
    const path = paths[this.#warmUpTries % paths.length];
    const enough =
      this.#imagesProcessed >= images || this.#warmUpTries >= images * MAX_TRIES_PER_WARM_UP_IMAGE;
    if (enough || path === undefined) {
      this.state = 'ready';
      this.#options.onReady();
      return;
    }
    this.#warmUpTries += 1;
    this.#process.send({ jobId: 0, image: path, path, outputPath: null });
  }
}
