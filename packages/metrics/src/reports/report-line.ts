import { z } from 'zod';
import { parseJsonReport } from './json.ts';

const durationMs = z.number().nonnegative();
const optionalDurationMs = durationMs.nullable();
const optionalText = z.string().min(1).nullable();
const requestId = z.string().min(1);

/**
 * What a line of Lambda's own in a function's log says. null: the line does not say it (no Init Duration: a warm start).
 * Durations in milliseconds, memory in MB as Lambda counts it (MiB).
 */
export const reportLineSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('init-start'),
    runtimeVersion: z.string().min(1),
    runtimeVersionArn: optionalText,
  }),
  /** The init phase by itself: printed when it failed, timed out, or was repeated inside the first invocation. */
  z.strictObject({
    kind: z.literal('init-report'),
    initMs: durationMs,
    phase: optionalText,
    status: optionalText,
    errorType: optionalText,
  }),
  z.strictObject({ kind: z.literal('start'), requestId, version: optionalText }),
  z.strictObject({ kind: z.literal('end'), requestId }),
  z.strictObject({
    kind: z.literal('report'),
    requestId,
    durationMs,
    billedMs: durationMs,
    memorySizeMb: z.number().int().nonnegative(),
    maxMemoryUsedMb: z.number().int().nonnegative().nullable(),
    initMs: optionalDurationMs,
    restoreMs: optionalDurationMs,
    billedRestoreMs: optionalDurationMs,
    /** `timeout`, `error`, `failure`, `success`; text logs name it only where the invocation did not succeed. */
    status: optionalText,
    errorType: optionalText,
    xrayTraceId: optionalText,
  }),
]);

export type ReportLine = Readonly<z.infer<typeof reportLineSchema>>;
export type InvocationReport = Extract<ReportLine, { readonly kind: 'report' }>;

/**
 * Reads one log event's message: the tab-separated text form (of every age since 2020: with and without trailing tab,
 * X-Ray line, Status, Error Type, Restore Duration) and the JSON form (`platform.report` and its kin). undefined for
 * anything else: a handler may print whatever it likes, so a line that only looks like one is no error.
 */
export function parseReportLine(line: string): ReportLine | undefined {
  const trimmed = line.trim();
  const candidate = trimmed.startsWith('{') ? parseJsonReport(trimmed) : parseTextReport(trimmed);
  const checked = reportLineSchema.safeParse(candidate);
  return checked.success ? checked.data : undefined;
}

function parseTextReport(line: string): unknown {
  const keyword = line.split(/\s/, 1)[0] ?? '';
  const fields = readFields(line.slice(keyword.length));
  const text = (name: string) => fields.get(name) ?? null;
  switch (keyword) {
    case 'INIT_START':
      return {
        kind: 'init-start',
        runtimeVersion: text('Runtime Version'),
        runtimeVersionArn: text('Runtime Version ARN'),
      };
    case 'INIT_REPORT':
      return {
        kind: 'init-report',
        initMs: amount(text('Init Duration'), 'ms'),
        phase: text('Phase'),
        status: text('Status'),
        errorType: text('Error Type'),
      };
    case 'START': {
      // The only line with two fields on one tab stop.
      const match = /^START RequestId: (\S+)(?: Version: (\S+))?$/.exec(line);
      return { kind: 'start', requestId: match?.[1], version: match?.[2] ?? null };
    }
    case 'END':
      return { kind: 'end', requestId: text('RequestId') };
    case 'REPORT':
      return {
        kind: 'report',
        requestId: text('RequestId'),
        durationMs: amount(text('Duration'), 'ms'),
        billedMs: amount(text('Billed Duration'), 'ms'),
        memorySizeMb: amount(text('Memory Size'), 'MB'),
        maxMemoryUsedMb: amount(text('Max Memory Used'), 'MB'),
        initMs: amount(text('Init Duration'), 'ms'),
        restoreMs: amount(text('Restore Duration'), 'ms'),
        billedRestoreMs: amount(text('Billed Restore Duration'), 'ms'),
        status: text('Status'),
        errorType: text('Error Type'),
        xrayTraceId: text('XRAY TraceId'),
      };
    default:
      return undefined;
  }
}

/** `Name: value` pairs, separated by tabs and line ends. */
function readFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const part of text.split(/[\t\r\n]/)) {
    const colon = part.indexOf(': ');
    if (colon !== -1) fields.set(part.slice(0, colon).trim(), part.slice(colon + 2).trim());
  }
  return fields;
}

/** A number and its unit. null: absent. Something else there is kept, so that the schema refuses the line. */
function amount(text: string | null, unit: 'ms' | 'MB'): number | string | null {
  if (text === null) return null;
  const match = /^(\d+(?:\.\d+)?) (ms|MB)$/.exec(text);
  return match?.[2] === unit ? Number(match[1]) : text;
}
