import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudClients } from '@skyground/cloud';
import { parseReportLine, type ReportLine } from '@skyground/metrics';

/** One line of a function's log. A stream is one environment, so its lines are in order, one invocation after the other. */
export interface LogLine {
  readonly stream: string;
  readonly message: string;
}

/** The target's clock need not agree with this machine's. Too early a start only reads more lines. */
const clockSkewMs = 60_000;

/** The log since a moment of this machine's clock, each line once; none where the log group does not exist yet. */
export async function functionLog(
  { logs }: CloudClients,
  logGroup: string,
  options: { readonly sinceMs: number; readonly pattern?: string; readonly signal: AbortSignal },
): Promise<readonly LogLine[]> {
  const lines = new Map<string, LogLine>();
  const startTime = Math.max(0, options.sinceMs - clockSkewMs);
  const input = { logGroupName: logGroup, startTime, filterPattern: options.pattern ?? '' };
  try {
    for await (const page of paginateFilterLogEvents({ client: logs }, input, {
      abortSignal: options.signal,
    })) {
      for (const { eventId, logStreamName: stream = '', message } of page.events ?? []) {
        if (eventId !== undefined && message !== undefined)
          lines.set(eventId, { stream, message: message.trimEnd() });
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
  return [...lines.values()];
}

/** REPORT lines since a moment. */
export async function reportLines(
  clients: CloudClients,
  logGroup: string,
  sinceMs: number,
  signal: AbortSignal,
): Promise<ReportLine[]> {
  const lines = await functionLog(clients, logGroup, { sinceMs, pattern: 'REPORT', signal });
  return lines.flatMap(({ message }) => parseReportLine(message) ?? []);
}

/** What CloudWatch bills of an event beside its text. */
const eventOverheadBytes = 26;

/** Bytes that the invocations of each request logged, as CloudWatch counts what it takes in. INIT_START belongs to none. */
export function logBytesByRequest(lines: readonly LogLine[]): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const invocation of invocations(lines)) {
    const requestId = /^START RequestId: (\S+)/.exec(invocation[0] ?? '')?.[1];
    if (requestId === undefined) continue;
    const logged = invocation.reduce(
      (sum, message) => sum + Buffer.byteLength(message) + eventOverheadBytes,
      0,
    );
    bytes.set(requestId, (bytes.get(requestId) ?? 0) + logged);
  }
  return bytes;
}

const mostLines = 8;
const mostCharacters = 300;

/** The last lines of the invocations that name a key; empty where none does. */
export function linesAbout(lines: readonly LogLine[], key: string): readonly string[] {
  const found = invocations(lines).filter((invocation) =>
    invocation.some((message) => message.includes(key)),
  );
  return found.flat().slice(-mostLines).map(shortened);
}

/** What the function said last, whatever about: for faults that come before it knows what it was called for. */
export function lastLines(lines: readonly LogLine[]): readonly string[] {
  const telling = new Map<string, string>();
  for (const { message } of lines) {
    // The same fault of every invocation is said once, by its latest.
    const fault = message.replace(/[0-9a-f]{8}-[0-9a-f-]{27}|\d[\d.:TZ-]*/g, '');
    if (/^(START|END|INIT_START) /.test(message)) continue;
    telling.delete(fault);
    telling.set(fault, message);
  }
  return [...telling.values()].slice(-mostLines).map(shortened);
}

/** A stack in one line of JSON says enough with its beginning. */
function shortened(message: string): string {
  return message.length <= mostCharacters ? message : `${message.slice(0, mostCharacters)} ...`;
}

function invocations(lines: readonly LogLine[]): readonly (readonly string[])[] {
  const found: string[][] = [];
  const current = new Map<string, string[]>();
  for (const { stream, message } of lines) {
    const lines = current.get(stream);
    if (lines === undefined || message.startsWith('START RequestId')) {
      const begun = [message];
      current.set(stream, begun);
      found.push(begun);
    } else {
      lines.push(message);
    }
  }
  return found;
}
