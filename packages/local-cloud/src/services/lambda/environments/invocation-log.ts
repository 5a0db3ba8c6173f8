import { setImmediate as immediate } from 'node:timers/promises';
import type { EnvironmentLog } from './environment-log.ts';
import type { Failure } from './failure.ts';
import type { OutputCapture } from './output-capture.ts';
import {
  endLine,
  type InvocationReport,
  initReportLine,
  initStartLine,
  reportLine,
  startLine,
} from './report-lines.ts';

/** What an environment's log stream says of its inits and invocations: Lambda's own lines, and the process's output between. */
export class InvocationLog {
  readonly #log: EnvironmentLog;
  readonly #output: OutputCapture;

  constructor(log: EnvironmentLog, output: OutputCapture) {
    this.#log = log;
    this.#output = output;
  }

  initStarts(region: string): void {
    this.#log.say(initStartLine(region));
  }

  initFailed(failure: Failure, durationMs: number, phase: 'init' | 'invoke'): void {
    this.#log.add(this.#output.rest());
    this.#log.say(
      initReportLine(durationMs, phase, failure.report ?? { status: 'error', errorType: undefined }),
    );
  }

  /** From here on the tail is that of this invocation. */
  invocationBegins(): void {
    this.#log.beginInvocation();
  }

  invocationStarts(requestId: string, version: string): void {
    this.#log.say(startLine(requestId, version));
  }

  /** While it runs, so that readers see it grow. */
  follow(): void {
    this.#log.add(this.#output.read().lines);
    this.#log.flush();
  }

  /** Everything that was written so far, a piece at a time, so that a flood does not hold up the cloud. */
  async drain(): Promise<void> {
    for (;;) {
      const { lines, isAll } = this.#output.read();
      this.#log.add(lines);
      if (isAll) return;
      this.#log.flush();
      await immediate();
    }
  }

  /** Resolves with the tail when everything is in the log. */
  async invocationEnds(
    report: Omit<InvocationReport, 'failure'>,
    failure: Failure | undefined,
  ): Promise<Buffer> {
    await this.drain();
    this.#log.add(this.#output.rest());
    if (failure?.logMessage !== undefined) this.#log.say(failure.logMessage);
    this.#log.say(endLine(report.requestId));
    this.#log.say(reportLine({ ...report, failure: failure?.report }));
    const tail = this.#log.tail();
    this.#log.flush();
    return tail;
  }
}
