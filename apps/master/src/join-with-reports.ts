import { type CloudClients, pollIntervalMs, pollUntil, reportLines } from '@skyground/cloud';
import { type ImageRecord, joinReports } from '@skyground/metrics';

/** Rows with what their invocations' REPORT lines say. Logs lag, so they are asked again for `waitMs`; `missing` rows got none. */
export async function joinWithReports(
  rows: readonly ImageRecord[],
  place: {
    readonly clients: CloudClients;
    readonly logGroup: string;
    /** When the first of them was uploaded. */
    readonly sinceMs: number;
    readonly waitMs: number;
    readonly signal: AbortSignal;
  },
): Promise<{ readonly records: readonly ImageRecord[]; readonly missing: number }> {
  const { clients, logGroup, sinceMs, waitMs, signal } = place;
  let joined = joinReports(rows, []);
  const look = async () => {
    joined = joinReports(rows, await reportLines(clients, logGroup, { sinceMs, signal }));
    return { done: joined.findings.length === 0, progress: 0 };
  };
  await pollUntil(look, { intervalMs: pollIntervalMs(clients.target.kind), quietMs: waitMs, signal });
  return { records: joined.records, missing: joined.findings.length };
}
