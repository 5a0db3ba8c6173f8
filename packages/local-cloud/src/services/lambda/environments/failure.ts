import { serviceException } from '../errors.ts';
import type { FunctionRecord } from '../function-record.ts';
import { MAXIMUM_RESPONSE_BYTES } from '../limits.ts';
import type { ReportStatus } from './report-lines.ts';
import type { ErrorReport, RuntimeEvent } from './runtime-event.ts';

/** A function's failure, in AWS's words. */
export interface Failure {
  /** The error document: what a synchronous caller gets. */
  readonly payload: Buffer;
  /** How the report line marks it; undefined for an error that the handler itself reported. */
  readonly report: ReportStatus | undefined;
  /** What Lambda itself writes to the log about it. */
  readonly logMessage: string | undefined;
}

/** Go's names, which AWS prints. */
const SIGNAL_NAMES: Partial<Record<NodeJS.Signals, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** What it means that an init or an invocation ended with this event. Throws a ServiceException when the fault is ours. */
export function failureOf(
  event: RuntimeEvent,
  requestId: string,
  { name, timeoutSeconds }: FunctionRecord,
  nowMs: number,
): Failure {
  switch (event.kind) {
    case 'init-error':
      return fatalError(event.report);
    case 'timeout':
      return timedOut(requestId, timeoutSeconds, nowMs);
    case 'out-of-memory':
      return outOfMemory(requestId);
    case 'exit':
      return exited(requestId, event);
    case 'fault': {
      const reason = event.cause instanceof Error ? event.cause.message : String(event.cause);
      throw serviceException(`The execution environment of ${name} could not be run: ${reason}`, {
        cause: event.cause,
      });
    }
    default:
      // It broke the Runtime API's order; AWS ends such a runtime too.
      return exited(requestId, { kind: 'exit', exitCode: 0, signal: null });
  }
}

/** An error that the handler threw or rejected with. */
export function handlerError(report: ErrorReport): Failure {
  return { payload: report.payload, report: undefined, logMessage: undefined };
}

/** An error that ended the runtime: in init, or uncaught in an invocation. */
function fatalError(report: ErrorReport): Failure {
  return {
    payload: report.payload,
    report: { status: 'error', errorType: report.errorType },
    logMessage: undefined,
  };
}

export function responseTooLarge(): Failure {
  const errorType = 'Function.ResponseSizeTooLarge';
  const errorMessage = `Response payload size exceeded maximum allowed payload size (${MAXIMUM_RESPONSE_BYTES} bytes).`;
  return {
    payload: Buffer.from(JSON.stringify({ errorMessage, errorType })),
    report: { status: 'error', errorType },
    logMessage: undefined,
  };
}

function timedOut(requestId: string, timeoutSeconds: number, nowMs: number): Failure {
  const reason = `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return {
    payload: errorDocument('Sandbox.Timedout', requestId, reason),
    report: { status: 'timeout', errorType: undefined },
    logMessage: `${new Date(nowMs).toISOString()} ${requestId} ${reason}\n\n`,
  };
}

function exited(requestId: string, event: Extract<RuntimeEvent, { kind: 'exit' }>): Failure {
  return runtimeEnded('Runtime.ExitError', requestId, exitReason(event));
}

export function outOfMemory(requestId: string): Failure {
  return runtimeEnded('Runtime.OutOfMemory', requestId, 'Runtime exited with error: signal: killed');
}

function runtimeEnded(errorType: string, requestId: string, reason: string): Failure {
  return {
    payload: errorDocument(errorType, requestId, reason),
    report: { status: 'error', errorType },
    logMessage: `RequestId: ${requestId} Error: ${reason}\n${errorType}\n`,
  };
}

function errorDocument(errorType: string, requestId: string, reason: string): Buffer {
  return Buffer.from(JSON.stringify({ errorType, errorMessage: `RequestId: ${requestId} Error: ${reason}` }));
}

function exitReason({
  exitCode,
  signal,
}: {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
}): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNAL_NAMES[signal] ?? signal}`;
  return exitCode === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${exitCode}`;
}
