import { createHash } from 'node:crypto';

/** How a failed init or invocation is marked in its report line; undefined for one that ended well or by the handler's own error. */
export interface ReportStatus {
  readonly status: 'timeout' | 'error';
  readonly errorType: string | undefined;
}

export interface InvocationReport {
  readonly requestId: string;
  readonly durationMs: number;
  /** Of the init before a cold invocation. */
  readonly initDurationMs: number | undefined;
  readonly memoryMb: number;
  readonly maxMemoryUsedBytes: number;
  readonly failure: ReportStatus | undefined;
}

/** The version that really runs, whatever runtime the function declares. */
const [MAJOR = '', MINOR = ''] = process.versions.node.split('.');
const RUNTIME_DIGEST = createHash('sha256').update(process.version).digest('hex');

export function initStartLine(region: string): string {
  return `INIT_START Runtime Version: nodejs:${MAJOR}.v${MINOR}\tRuntime Version ARN: arn:aws:lambda:${region}::runtime:${RUNTIME_DIGEST}\n`;
}

export function initReportLine(durationMs: number, phase: 'init' | 'invoke', failure: ReportStatus): string {
  return `INIT_REPORT Init Duration: ${milliseconds(durationMs)}\tPhase: ${phase}\t${statusFields(failure)}\n`;
}

export function startLine(requestId: string, version: string): string {
  return `START RequestId: ${requestId} Version: ${version}\n`;
}

export function endLine(requestId: string): string {
  return `END RequestId: ${requestId}\n`;
}

/** Since August 2025 the init of a cold start is billed too: the sum of the two as printed is rounded up once. */
export function billedDurationMs(durationMs: number, initDurationMs: number | undefined): number {
  return Math.ceil(hundredths(hundredths(durationMs) + hundredths(initDurationMs ?? 0)));
}

export function reportLine(report: InvocationReport): string {
  const { durationMs, initDurationMs, failure } = report;
  const fields = [
    `REPORT RequestId: ${report.requestId}`,
    `Duration: ${milliseconds(durationMs)}`,
    `Billed Duration: ${billedDurationMs(durationMs, initDurationMs)} ms`,
    `Memory Size: ${report.memoryMb} MB`,
    `Max Memory Used: ${Math.min(report.memoryMb, Math.ceil(report.maxMemoryUsedBytes / 1024 / 1024))} MB`,
    ...(initDurationMs === undefined ? [] : [`Init Duration: ${milliseconds(initDurationMs)}`]),
    ...(failure === undefined ? [] : [statusFields(failure)]),
  ];
  return `${fields.join('\t')}\t\n`;
}

function statusFields({ status, errorType }: ReportStatus): string {
  return errorType === undefined ? `Status: ${status}` : `Status: ${status}\tError Type: ${errorType}`;
}

function milliseconds(durationMs: number): string {
  return `${hundredths(durationMs).toFixed(2)} ms`;
}

/** Printed to two places and billed from them: 2.001 ms is printed 2.00 and billed 2. */
function hundredths(durationMs: number): number {
  return Math.round(durationMs * 100) / 100;
}
