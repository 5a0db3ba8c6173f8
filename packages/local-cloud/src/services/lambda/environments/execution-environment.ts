import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionRecord } from '../function-record.ts';
import { MAXIMUM_INIT_MS, MAXIMUM_PROVISIONED_INIT_MS } from '../limits.ts';
import type { EnvironmentHost, InitializationType } from './environment-host.ts';
import { EnvironmentLog } from './environment-log.ts';
import { EnvironmentProcess } from './environment-process.ts';
import { outOfMemory } from './failure.ts';
import type { InvocationRequest, InvocationResult, Outcome } from './invocation.ts';
import { InvocationLog } from './invocation-log.ts';
import { OutputCapture } from './output-capture.ts';
import { Phase } from './phase.ts';

/**
 * A function's execution environment: a log stream, a temporary folder and one process at a time, which handles one
 * invocation at a time and is frozen in between. As on AWS the environment outlives a process that timed out or crashed:
 * the next invocation starts another in it, within its own time limit.
 */
export class ExecutionEnvironment {
  readonly record: FunctionRecord;
  readonly initializationType: InitializationType;
  readonly #host: EnvironmentHost;
  readonly #temporaryFolder: string;
  readonly #log: InvocationLog;
  readonly #output: OutputCapture;
  readonly #process: EnvironmentProcess;
  #isNew = true;
  /** Of the init phase, until an invocation has told of it. */
  #initDurationMs: number | undefined;

  constructor(
    host: EnvironmentHost,
    record: FunctionRecord,
    codeFolder: string,
    initializationType: InitializationType,
  ) {
    const id = `${host.cloudId}${randomBytes(8).toString('hex')}`;
    const day = new Date(host.cloud.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[${record.version}]${id}`;
    this.record = record;
    this.initializationType = initializationType;
    this.#host = host;
    this.#temporaryFolder = join(host.folder, id);
    mkdirSync(this.#temporaryFolder, { recursive: true, mode: 0o700 });
    this.#output = new OutputCapture(host.folder, id, host.cloud.clock);
    this.#log = new InvocationLog(
      new EnvironmentLog(host.logs, host.cloud, record.logGroup, logStream),
      this.#output,
    );
    const place = { id, logStream, codeFolder, temporaryFolder: this.#temporaryFolder, initializationType };
    this.#process = new EnvironmentProcess(host, record, place, this.#output, this.#log);
  }

  /** Called when the process ends while idle. */
  set onLost(onLost: () => void) {
    this.#process.onLost = onLost;
  }

  /** False after an invocation or an init that ended the process. */
  get isInitialised(): boolean {
    return this.#process.isRunning;
  }

  /** The init phase ahead of the first invocation, in whose report AWS tells of it and bills it all the same. False if it failed. */
  async prepare(): Promise<boolean> {
    await this.#initialise(randomUUID());
    this.#process.freeze();
    this.#log.follow();
    return this.#process.isRunning;
  }

  /** One at a time. Resolves when the process asks for more work (or is gone) and the log is written. */
  async invoke(request: InvocationRequest): Promise<InvocationResult> {
    if (this.#isNew) await this.#initialise(request.requestId);
    const initDurationMs = this.#initDurationMs;
    this.#initDurationMs = undefined;

    const startedAt = performance.now();
    const timeoutMs = this.record.timeoutSeconds * 1000;
    const phase = this.#beginPhase(timeoutMs);
    try {
      this.#log.invocationBegins();
      const initFailure = this.#process.isRunning ? undefined : await this.#restart(request.requestId, phase);
      this.#log.invocationStarts(request.requestId, this.record.version);
      let outcome = initFailure ?? (await this.#run(request, phase));
      const durationMs = Math.min(performance.now() - startedAt, timeoutMs);
      this.#process.freeze();
      // Whatever it answered: the next invocation is not to pay for this one's memory.
      if (this.#process.isRunning && this.#process.isOutOfMemory()) {
        outcome = { kind: 'failure', failure: outOfMemory(request.requestId) };
        await this.#process.end();
      }
      const failure = outcome.kind === 'failure' ? outcome.failure : undefined;
      const logTail = await this.#log.invocationEnds(
        {
          requestId: request.requestId,
          durationMs,
          initDurationMs,
          memoryMb: this.record.memoryMb,
          maxMemoryUsedBytes: this.#process.peakMemoryBytes,
        },
        failure,
      );
      const { payload } = outcome.kind === 'response' ? outcome : outcome.failure;
      return { payload, isFunctionError: failure !== undefined, logTail, durationMs };
    } finally {
      phase.end();
    }
  }

  /** Kills the process in mid-invocation; that invocation then fails, and no other begins. */
  abort(): void {
    this.#process.abort();
  }

  /** To be called between invocations. Ends the process and everything it started, and removes the folder. */
  async end(): Promise<void> {
    await this.#process.end();
    this.#output.close();
    // A handler can make folders that cannot be removed; the next start tries again.
    await rm(this.#temporaryFolder, { recursive: true, force: true }).catch((fault: unknown) =>
      this.#host.onFault(fault, `the removal of ${this.#temporaryFolder}`),
    );
  }

  /** The init phase of a new environment; one that failed has to be done again. */
  async #initialise(requestId: string): Promise<void> {
    this.#isNew = false;
    this.#log.initStarts(this.#host.cloud.region);
    const limitMs =
      this.initializationType === 'provisioned-concurrency'
        ? Math.max(MAXIMUM_PROVISIONED_INIT_MS, this.record.timeoutSeconds * 1000)
        : MAXIMUM_INIT_MS;
    const phase = this.#beginPhase(limitMs);
    try {
      const { durationMs, failure } = await this.#process.start(requestId, phase, limitMs);
      if (failure === undefined) this.#initDurationMs = durationMs;
      else this.#log.initFailed(failure, durationMs, 'init');
    } finally {
      phase.end();
    }
  }

  /** Init within an invocation, after an init or an invocation that failed. */
  async #restart(requestId: string, phase: Phase): Promise<Outcome | undefined> {
    const limitMs = this.record.timeoutSeconds * 1000;
    const { durationMs, failure } = await this.#process.start(requestId, phase, limitMs);
    if (failure === undefined) return undefined;
    this.#log.initFailed(failure, durationMs, 'invoke');
    return { kind: 'failure', failure };
  }

  /** In the process that there is, or once more in another if that turns out to have died while it was frozen. */
  async #run(request: InvocationRequest, phase: Phase): Promise<Outcome> {
    const outcome = await this.#process.handOver(request, phase);
    if (!this.#process.isNeverTaken || this.#process.isAborted) return outcome;
    return (await this.#restart(request.requestId, phase)) ?? (await this.#process.handOver(request, phase));
  }

  #beginPhase(limitMs: number): Phase {
    return new Phase(this.#host.cloud.clock, limitMs, () => {
      this.#log.follow();
      return this.#process.isOutOfMemory() ? 'out-of-memory' : 'within-memory';
    });
  }
}
