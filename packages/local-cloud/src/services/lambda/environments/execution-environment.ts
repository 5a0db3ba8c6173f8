import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudEnvironment } from '../../../server/environment.ts';
import type { LogWriter } from '../../../server/ports.ts';
import { serviceException } from '../errors.ts';
import type { FunctionRecord } from '../function-record.ts';
import { MAXIMUM_INIT_MS } from '../limits.ts';
import type { ResolvedLambdaOptions } from '../options.ts';
import { EnvironmentLog } from './environment-log.ts';
import { type Failure, failureOf, handlerError, outOfMemory, responseTooLarge } from './failure.ts';
import type { Guardian } from './guardian.ts';
import type { InvocationRequest, InvocationResult, Outcome } from './invocation.ts';
import { InvocationLog } from './invocation-log.ts';
import { killMarked } from './marked-processes.ts';
import { OutputCapture } from './output-capture.ts';
import { Phase } from './phase.ts';
import type { RuntimeEvent } from './runtime-event.ts';
import { RuntimeProcess } from './runtime-process.ts';
import { newTraceId } from './trace-id.ts';
import { environmentVariables } from './variables.ts';

export interface EnvironmentHost {
  readonly cloud: CloudEnvironment;
  readonly logs: LogWriter;
  readonly credentials: ResolvedLambdaOptions['credentials'];
  readonly guardian: Guardian;
  /** 16 hexadecimal digits: the first half of the id of each of this cloud's environments. */
  readonly cloudId: string;
  readonly onFault: ResolvedLambdaOptions['onFault'];
  /** Holds a folder per environment. */
  readonly folder: string;
}

/**
 * A function's execution environment: a log stream, a temporary folder and one process at a time, which handles one
 * invocation at a time and is frozen in between. As on AWS the environment outlives a process that timed out or crashed:
 * the next invocation starts another in it, within its own time limit.
 */
export class ExecutionEnvironment {
  readonly record: FunctionRecord;
  /** Called when the process ends while idle. */
  onLost: () => void = () => {};
  readonly #host: EnvironmentHost;
  readonly #codeFolder: string;
  readonly #temporaryFolder: string;
  readonly #logStream: string;
  readonly #log: InvocationLog;
  readonly #output: OutputCapture;
  #runtime: RuntimeProcess | undefined;
  #isNew = true;
  #isAborted = false;
  /** The process ended before it took the event that was handed to it. */
  #isNeverTaken = false;
  #peakMemoryBytes = 0;

  constructor(host: EnvironmentHost, record: FunctionRecord, codeFolder: string) {
    const id = `${host.cloudId}${randomBytes(8).toString('hex')}`;
    const day = new Date(host.cloud.clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    this.record = record;
    this.#host = host;
    this.#codeFolder = codeFolder;
    this.#logStream = `${day}/[$LATEST]${id}`;
    this.#temporaryFolder = join(host.folder, id);
    mkdirSync(this.#temporaryFolder, { recursive: true, mode: 0o700 });
    this.#output = new OutputCapture(host.folder, id, host.cloud.clock);
    this.#log = new InvocationLog(
      new EnvironmentLog(host.logs, host.cloud, record.logGroup, this.#logStream),
      this.#output,
    );
  }

  /** One at a time. Resolves when the process asks for more work (or is gone) and the log is written. */
  async invoke(request: InvocationRequest): Promise<InvocationResult> {
    const initDurationMs = this.#isNew ? await this.#initialise(request.requestId) : undefined;
    this.#isNew = false;

    const startedAt = performance.now();
    const timeoutMs = this.record.timeoutSeconds * 1000;
    const phase = this.#beginPhase(timeoutMs);
    try {
      this.#log.invocationBegins();
      const initFailure =
        this.#runtime === undefined ? await this.#restart(request.requestId, phase) : undefined;
      this.#log.invocationStarts(request.requestId);
      let outcome = initFailure ?? (await this.#run(request, phase));
      const durationMs = Math.min(performance.now() - startedAt, timeoutMs);
      this.#runtime?.freeze();
      // Whatever it answered: the next invocation is not to pay for this one's memory.
      if (this.#runtime !== undefined && this.#isOutOfMemory()) {
        outcome = { kind: 'failure', failure: outOfMemory(request.requestId) };
        await this.#endRuntime();
      }
      const failure = outcome.kind === 'failure' ? outcome.failure : undefined;
      const logTail = await this.#log.invocationEnds(
        {
          requestId: request.requestId,
          durationMs,
          initDurationMs,
          memoryMb: this.record.memoryMb,
          maxMemoryUsedBytes: this.#peakMemoryBytes,
        },
        failure,
      );
      const { payload } = outcome.kind === 'response' ? outcome : outcome.failure;
      return { payload, isFunctionError: failure !== undefined, logTail };
    } finally {
      phase.end();
    }
  }

  /** Kills the process in mid-invocation; that invocation then fails, and no other begins. */
  abort(): void {
    this.#isAborted = true;
    void this.#runtime?.kill();
  }

  /** To be called between invocations. Ends the process and everything it started, and removes the folder. */
  async end(): Promise<void> {
    await this.#endRuntime();
    this.#output.close();
    // A handler can make folders that cannot be removed; the next start tries again.
    await rm(this.#temporaryFolder, { recursive: true, force: true }).catch((fault: unknown) =>
      this.#host.onFault(fault, `the removal of ${this.#temporaryFolder}`),
    );
  }

  /** The init phase of a new environment. Its time in milliseconds, undefined when it failed and has to be done again. */
  async #initialise(requestId: string): Promise<number | undefined> {
    this.#log.initStarts(this.#host.cloud.region);
    const phase = this.#beginPhase(MAXIMUM_INIT_MS);
    try {
      const { durationMs, failure } = await this.#startRuntime(requestId, phase, MAXIMUM_INIT_MS);
      if (failure === undefined) return durationMs;
      this.#log.initFailed(failure, durationMs, 'init');
      return undefined;
    } finally {
      phase.end();
    }
  }

  /** Init within an invocation, after an init or an invocation that failed. */
  async #restart(requestId: string, phase: Phase): Promise<Outcome | undefined> {
    const { durationMs, failure } = await this.#startRuntime(
      requestId,
      phase,
      this.record.timeoutSeconds * 1000,
    );
    if (failure === undefined) return undefined;
    this.#log.initFailed(failure, durationMs, 'invoke');
    return { kind: 'failure', failure };
  }

  async #startRuntime(
    requestId: string,
    phase: Phase,
    limitMs: number,
  ): Promise<{ durationMs: number; failure: Failure | undefined }> {
    this.#host.guardian.start();
    const runtime = new RuntimeProcess(
      {
        memoryMb: this.record.memoryMb,
        codeFolder: this.#codeFolder,
        outputDescriptor: this.#output.descriptor,
        variables: (runtimeApi) =>
          environmentVariables(this.record, this.#host.cloud, this.#host.credentials, {
            logStream: this.#logStream,
            codeFolder: this.#codeFolder,
            temporaryFolder: this.#temporaryFolder,
            runtimeApi,
          }),
      },
      phase.post,
    );
    this.#runtime = runtime;
    this.#peakMemoryBytes = 0;
    const spawnedAt = await runtime.start();
    if (this.#isAborted) {
      await this.#endRuntime();
      throw serviceException('The cloud stops.');
    }
    const event = await phase.next();
    const durationMs = Math.min(performance.now() - spawnedAt, limitMs);
    this.#isOutOfMemory();
    if (event.kind !== 'next') await this.#endRuntime();
    await this.#log.drain();
    if (event.kind === 'next') return { durationMs, failure: undefined };
    return { durationMs, failure: this.#failureOf(event, requestId) };
  }

  /** In the process that there is, or once more in another if that turns out to have died while it was frozen. */
  async #run(request: InvocationRequest, phase: Phase): Promise<Outcome> {
    const outcome = await this.#handOver(request, phase);
    if (!this.#isNeverTaken || this.#isAborted) return outcome;
    return (await this.#restart(request.requestId, phase)) ?? (await this.#handOver(request, phase));
  }

  /** Hands the event to the process and follows it until it asks for the next one. */
  async #handOver(request: InvocationRequest, phase: Phase): Promise<Outcome> {
    const runtime = this.#runtime;
    if (runtime === undefined) throw new Error('An invocation needs a runtime.');
    this.#output.beginInvocation();
    this.#isNeverTaken = false;
    runtime.onEvent = phase.post;
    runtime.send({
      ...request,
      deadlineMs: phase.deadlineMs,
      functionArn: this.record.arn,
      traceId: newTraceId(),
    });
    let answer: Outcome | undefined;
    for (;;) {
      const event = await phase.next();
      if (event.kind === 'response') answer = event;
      else if (event.kind === 'response-too-large') answer = { kind: 'failure', failure: responseTooLarge() };
      else if (event.kind === 'error') answer = { kind: 'failure', failure: handlerError(event.report) };
      else if (event.kind === 'next' && answer !== undefined) {
        runtime.onEvent = (idleEvent) => this.#whileIdle(idleEvent);
        return answer;
      } else {
        await this.#endRuntime();
        await this.#log.drain();
        this.#isNeverTaken = event.kind === 'exit' && !this.#output.isTaken;
        // A runtime that reported an uncaught error and then ended has said why.
        if (event.kind === 'exit' && answer?.kind === 'failure') return answer;
        return { kind: 'failure', failure: this.#failureOf(event, request.requestId) };
      }
    }
  }

  #whileIdle(event: RuntimeEvent): void {
    if (event.kind !== 'exit') return;
    this.#runtime = undefined;
    this.onLost();
  }

  #failureOf(event: RuntimeEvent, requestId: string): Failure {
    return failureOf(event, requestId, this.record, this.#host.cloud.clock.now());
  }

  #beginPhase(limitMs: number): Phase {
    return new Phase(this.#host.cloud.clock, limitMs, () => {
      this.#log.follow();
      return this.#isOutOfMemory() ? 'out-of-memory' : 'within-memory';
    });
  }

  /** By the peak, so that the answer does not hang on when one looks. */
  #isOutOfMemory(): boolean {
    this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes, this.#runtime?.peakMemoryBytes() ?? 0);
    return this.#peakMemoryBytes > this.record.memoryMb * 1024 * 1024;
  }

  /** With what the process started, also where that has left its group. */
  async #endRuntime(): Promise<void> {
    const runtime = this.#runtime;
    this.#runtime = undefined;
    if (runtime !== undefined) {
      runtime.onEvent = () => {};
      await runtime.kill();
    }
    await killMarked(`AWS_LAMBDA_LOG_STREAM_NAME=${this.#logStream}\0`);
  }
}
