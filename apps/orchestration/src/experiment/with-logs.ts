import { functionLog, logBytesByRequest, reportLines, waitForReports } from '@skyground/cloud';
import { parseReportLine } from '@skyground/metrics';
import type { Measured } from './measure-execution.ts';
import type { Place } from './place.ts';
import type { Sample } from './sample.ts';

/** How long REPORT lines are asked for: CloudWatch shows them some seconds late. */
const logWaitMs = 15_000;

type Row = Omit<Sample, 'unit' | 'phase'>;

/** Adds what only the functions' logs know: what was billed, and how much was logged. */
export async function withLogs(
  measured: readonly Measured[],
  place: Place,
  search: {
    readonly sinceMs: number;
    readonly signal: AbortSignal;
    /** REPORT lines of the trigger that rows have already; grows. */
    readonly triggersSeen: Set<string>;
  },
): Promise<{ readonly rows: readonly Row[]; readonly missing: number }> {
  const { clients, functions, memoryMb } = place;
  const { sinceMs, signal } = search;
  const requestIds = measured.flatMap((one) => one.requestIds);
  const reports = await waitForReports(clients, functions.probe.logGroup, {
    requestIds,
    sinceMs,
    waitMs: logWaitMs,
    signal,
  });
  const bytes = logBytesByRequest(await functionLog(clients, functions.probe.logGroup, { sinceMs, signal }));
  const trigger = measured.some(({ part }) => part === 'lab')
    ? await triggerUse(place, search)
    : notTriggered;
  const rows = measured.map(({ requestIds: own, ...row }, index) => {
    const billed = own.flatMap((id) => reports.get(id)?.billedMs ?? []);
    const logged = own.reduce((sum, id) => sum + (bytes.get(id) ?? 0), row.logBytes);
    const triggered = index === 0 ? trigger : notTriggered;
    return {
      ...row,
      probeBilledMs: billed.length === own.length ? billed.reduce((sum, ms) => sum + ms, 0) : null,
      probeMemoryMb: memoryMb.probe,
      logBytes: logged + triggered.logBytes,
      triggerBilledMs: triggered.billedMs,
      triggerInvocations: triggered.invocations,
      triggerMemoryMb: memoryMb.trigger,
    };
  });
  return { rows, missing: requestIds.filter((id) => !reports.has(id)).length };
}

/** Invocations of the trigger that were logged before this run: a log is read from a minute before it on. */
export async function loggedTriggers(
  { clients, functions }: Place,
  sinceMs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const lines = await reportLines(clients, functions.trigger.logGroup, { sinceMs, signal });
  return lines.filter((line) => line.kind === 'report').map(({ requestId }) => requestId);
}

const notTriggered = { billedMs: 0, invocations: 0, logBytes: 0 };

async function triggerUse(
  { clients, functions }: Place,
  { sinceMs, signal, triggersSeen }: Parameters<typeof withLogs>[2],
) {
  const lines = await functionLog(clients, functions.trigger.logGroup, { sinceMs, signal });
  const bytes = logBytesByRequest(lines);
  const reports = lines
    .flatMap(({ message }) => parseReportLine(message) ?? [])
    .filter((line) => line.kind === 'report')
    .filter(({ requestId }) => !triggersSeen.has(requestId));
  for (const { requestId } of reports) triggersSeen.add(requestId);
  return {
    billedMs: reports.reduce((sum, { billedMs }) => sum + billedMs, 0),
    invocations: reports.length,
    logBytes: reports.reduce((sum, { requestId }) => sum + (bytes.get(requestId) ?? 0), 0),
  };
}
