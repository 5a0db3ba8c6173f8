import { serviceException } from '../errors.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { CpuShare } from './cpu/cpu-shares.ts';
import type { EnvironmentHost, EnvironmentPlace } from './environment-host.ts';
import { type Failure, failureOf, handlerError, responseTooLarge } from './failure.ts';
import type { InvocationRequest, Outcome } from './invocation.ts';
import type { InvocationLog } from './invocation-log.ts';
import { killMarked } from './marked-processes.ts';
import type { OutputCapture } from './output-capture.ts';
import type { Phase } from './phase.ts';
import type { RuntimeEvent } from './runtime-event.ts';
import { RuntimeProcess } from './runtime-process.ts';
import { newTraceId } from './trace-id.ts';
import { environmentVariables } from './variables.ts';

/** The process of an environment, one after the other: started, given events, frozen in between, ended with all it started. */
export class EnvironmentProcess {
  /** Called when the process ends while idle. */
  onLost: () => void = () => {};
  readonly #host: EnvironmentHost;
  readonly #record: FunctionRecord;
  readonly #place: EnvironmentPlace;
  readonly #output: OutputCapture;
  readonly #log: InvocationLog;
  #runtime: RuntimeProcess | undefined;
  #cpuShare: CpuShare | undefined;
  #isAborted = false;
  #isNeverTaken = false;
  #peakMemoryBytes = 0;

  constructor(
    host: EnvironmentHost,
    record: FunctionRecord,
    place: EnvironmentPlace,
    output: OutputCapture,
    log: InvocationLog,
  ) {
    this.#host = host;
    this.#record = record;
    this.#place = place;
    this.#output = output;
    this.#log = log;
  }

  get isRunning(): boolean {
    return this.#runtime !== undefined;
  }

  get isAborted(): boolean {
    return this.#isAborted;
  }

  /** The process ended before it took the event that was handed to it. */
  get isNeverTaken(): boolean {
    return this.#isNeverTaken;
  }

  /** Of the process that is or last was. */
  get peakMemoryBytes(): number {
    return this.#peakMemoryBytes;
  }

  /** By the peak, so that the answer does not hang on when one looks. */
  isOutOfMemory(): boolean {
    this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes, this.#runtime?.peakMemoryBytes() ?? 0);
    return this.#peakMemoryBytes > this.#record.memoryMb * 1024 * 1024;
  }

  /** Starts a process and follows its init, which gets all the processor time there is, as on AWS, unless it is ahead of time. */
  async start(
    requestId: string,
    phase: Phase,
    limitMs: number,
  ): Promise<{ durationMs: number; failure: Failure | undefined }> {
    this.#host.guardian.start();
    const runtime = new RuntimeProcess(
      {
        memoryMb: this.#record.memoryMb,
        codeFolder: this.#place.codeFolder,
        outputDescriptor: this.#output.descriptor,
        variables: (runtimeApi) =>
          environmentVariables(this.#record, this.#host.cloud, this.#host.credentials, {
            ...this.#place,
            runtimeApi,
          }),
      },
      phase.post,
    );
    this.#runtime = runtime;
    this.#peakMemoryBytes = 0;
    // Of a process that died while it was frozen.
    await this.#cpuShare?.end();
    const spawnedAt = await runtime.start();
    const { pid } = runtime;
    this.#cpuShare =
      pid === undefined ? undefined : this.#host.cpuShares.of(pid, this.#place.id, this.#record.memoryMb);
    if (this.#place.initializationType === 'provisioned-concurrency') this.#cpuShare?.begin();
    if (this.#isAborted) {
      await this.end();
      throw serviceException('The cloud stops.');
    }
    const event = await phase.next();
    const durationMs = Math.min(performance.now() - spawnedAt, limitMs);
    this.isOutOfMemory();
    if (event.kind === 'next') this.#becomesIdle(runtime);
    else await this.end();
    await this.#log.drain();
    return { durationMs, failure: event.kind === 'next' ? undefined : this.#failureOf(event, requestId) };
  }

  /** Hands the event to the process and follows it until it asks for the next one. */
  async handOver(request: InvocationRequest, phase: Phase): Promise<Outcome> {
    const runtime = this.#runtime;
    this.#isNeverTaken = false;
    if (runtime === undefined) {
      // Between its init and this moment.
      const ended = { kind: 'exit', exitCode: 0, signal: null } as const;
      return { kind: 'failure', failure: this.#failureOf(ended, request.requestId) };
    }
    this.#output.beginInvocation();
    runtime.onEvent = phase.post;
    runtime.thaw();
    // Before it has anything to do: on a busy machine it may be done with it before this process runs again.
    this.#cpuShare?.begin();
    runtime.send({ ...request, deadlineMs: phase.deadlineMs, traceId: newTraceId() });
    let answer: Outcome | undefined;
    for (;;) {
      const event = await phase.next();
      if (event.kind === 'response') answer = event;
      else if (event.kind === 'response-too-large') answer = { kind: 'failure', failure: responseTooLarge() };
      else if (event.kind === 'error') answer = { kind: 'failure', failure: handlerError(event.report) };
      else if (event.kind === 'next' && answer !== undefined) {
        this.#becomesIdle(runtime);
        return answer;
      } else {
        await this.end();
        await this.#log.drain();
        this.#isNeverTaken = event.kind === 'exit' && !this.#output.isTaken;
        // A runtime that reported an uncaught error and then ended has said why.
        if (event.kind === 'exit' && answer?.kind === 'failure') return answer;
        return { kind: 'failure', failure: this.#failureOf(event, request.requestId) };
      }
    }
  }

  /** Between invocations an environment gets no processor time. */
  freeze(): void {
    this.#cpuShare?.pause();
    this.#runtime?.freeze();
  }

  /** Kills the process; none is started any more. */
  abort(): void {
    this.#isAborted = true;
    void this.#runtime?.kill();
  }

  /** With what the process started, also where that has left its group. */
  async end(): Promise<void> {
    const runtime = this.#runtime;
    const cpuShare = this.#cpuShare;
    this.#runtime = undefined;
    this.#cpuShare = undefined;
    cpuShare?.pause();
    if (runtime !== undefined) {
      runtime.onEvent = () => {};
      await runtime.kill();
    }
    await killMarked(`AWS_LAMBDA_LOG_STREAM_NAME=${this.#place.logStream}\0`);
    await cpuShare?.end();
  }

  #becomesIdle(runtime: RuntimeProcess): void {
    runtime.onEvent = (event) => {
      if (event.kind !== 'exit') return;
      this.#runtime = undefined;
      this.onLost();
    };
  }

  #failureOf(event: RuntimeEvent, requestId: string): Failure {
    return failureOf(event, requestId, this.#record, this.#host.cloud.clock.now());
  }
}
