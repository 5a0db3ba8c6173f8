import { type InvocationReport, parseReportLine, type ReportLine } from '@skyground/metrics';
import type { CloudClients } from '../clients.ts';
import { pollIntervalMs, pollUntil } from '../poll.ts';
import { functionLog, type LogSearch } from './function-log.ts';

/** REPORT lines since a moment, in the order of the log. */
export async function reportLines(
  clients: CloudClients,
  logGroup: string,
  search: Omit<LogSearch, 'pattern'>,
): Promise<readonly ReportLine[]> {
  const lines = await functionLog(clients, logGroup, { ...search, pattern: 'REPORT' });
  return lines.flatMap(({ message }) => parseReportLine(message) ?? []);
}

/**
 * The REPORT line of each of these invocations by its request id; of one that Lambda tried again, the last. Logs lag, so they are
 * asked for until all are there or no new one has come for `waitMs`: one that is missing then has no entry.
 */
export async function waitForReports(
  clients: CloudClients,
  logGroup: string,
  options: {
    readonly requestIds: Iterable<string>;
    readonly sinceMs: number;
    readonly waitMs: number;
    readonly signal: AbortSignal;
  },
): Promise<ReadonlyMap<string, InvocationReport>> {
  const { sinceMs, waitMs, signal } = options;
  const wanted = new Set(options.requestIds);
  const reports = new Map<string, InvocationReport>();
  const look = async () => {
    for (const line of await reportLines(clients, logGroup, { sinceMs, signal })) {
      if (line.kind === 'report' && wanted.has(line.requestId)) reports.set(line.requestId, line);
    }
    return { done: reports.size === wanted.size, progress: reports.size };
  };
  await pollUntil(look, { intervalMs: pollIntervalMs(clients.target.kind), quietMs: waitMs, signal });
  return reports;
}
