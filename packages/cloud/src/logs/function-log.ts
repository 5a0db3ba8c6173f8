import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { CloudClients } from '../clients.ts';

/** One line of a function's log. A stream is one environment, so its lines are in order, one invocation after the other. */
export interface LogLine {
  readonly stream: string;
  /** When it was logged, by the target's clock: epoch milliseconds. */
  readonly atMs: number;
  readonly message: string;
}

export interface LogSearch {
  /** A moment of this machine's clock, epoch milliseconds. Lines of the minute before it may come too. */
  readonly sinceMs: number;
  /** CloudWatch's filter pattern; every line without one. */
  readonly pattern?: string;
  readonly signal: AbortSignal;
}

/** The target's clock need not agree with this machine's. Too early a start only reads more lines. */
const clockSkewMs = 60_000;

/** The log since a moment, each line once; none where the log group does not exist yet. CloudWatch shows lines some seconds late. */
export async function functionLog(
  { logs }: CloudClients,
  logGroup: string,
  search: LogSearch,
): Promise<readonly LogLine[]> {
  const lines = new Map<string, LogLine>();
  // CloudWatch takes whole milliseconds, and a monotonic clock has fractions.
  const startTime = Math.max(0, Math.floor(search.sinceMs) - clockSkewMs);
  const input = { logGroupName: logGroup, startTime, filterPattern: search.pattern ?? '' };
  try {
    for await (const page of paginateFilterLogEvents({ client: logs }, input, {
      abortSignal: search.signal,
    })) {
      for (const { eventId, logStreamName: stream = '', timestamp: atMs, message } of page.events ?? []) {
        if (eventId !== undefined && atMs !== undefined && message !== undefined)
          lines.set(eventId, { stream, atMs, message: message.trimEnd() });
      }
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceNotFoundException') return [];
    throw error;
  }
  return [...lines.values()];
}
