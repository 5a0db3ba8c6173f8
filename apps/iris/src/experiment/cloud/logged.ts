import {
  functionLog,
  invocations,
  type LogLine,
  logBytesByRequest,
  pollIntervalMs,
  pollUntil,
} from '@skyground/cloud';
import { type InvocationReport, parseReportLine } from '@skyground/metrics';
import type { ColdStartMarks } from '../../functions/cold-start-marks.ts';
import type { Call } from '../call.ts';
import type { Context, FunctionPlace, Place } from '../place.ts';
import type { Sample } from '../sample.ts';
import { parseColdStart } from './cold-start-line.ts';

/** What the log says of one invocation. */
export interface Logged {
  readonly report: InvocationReport;
  readonly coldStart: ColdStartMarks | undefined;
  readonly logBytes: number | null;
}

/** By request id; what has no REPORT line yet is not in it. Pure. */
export function loggedByRequest(lines: readonly LogLine[]): ReadonlyMap<string, Logged> {
  const bytes = logBytesByRequest(lines);
  const marks = new Map(
    invocations(lines).flatMap(({ requestId, lines: own }) => {
      const coldStart = own.map(({ message }) => parseColdStart(message)).find((line) => line !== undefined);
      return requestId === null || coldStart === undefined ? [] : [[requestId, coldStart] as const];
    }),
  );
  // By the id that the REPORT line itself names: lines of one millisecond may come in another order.
  return new Map(
    lines.flatMap(({ message }) => {
      const report = parseReportLine(message);
      if (report?.kind !== 'report') return [];
      const { requestId } = report;
      return [
        [
          requestId,
          { report, coldStart: marks.get(requestId), logBytes: bytes.get(requestId) ?? null },
        ] as const,
      ];
    }),
  );
}

/** The log of a function once it has the REPORT line of every call, or has brought none for the time that was given. */
export async function logOf(
  calls: readonly Call[],
  { logGroup, name }: FunctionPlace,
  { clients }: Place,
  context: Context,
): Promise<readonly LogLine[]> {
  const { parameters, signal } = context;
  const wanted = new Set(calls.flatMap(({ requestId }) => requestId ?? []));
  const sinceMs = Math.min(...calls.map(({ startedAtMs }) => startedAtMs));
  if (wanted.size === 0) return [];
  let lines: readonly LogLine[] = [];
  const look = async () => {
    lines = await functionLog(clients, logGroup, { sinceMs, signal });
    const logged = loggedByRequest(lines);
    const found = [...wanted].filter((id) => logged.has(id)).length;
    return { done: found === wanted.size, progress: found };
  };
  const quietMs = parameters.waitS * 1000;
  const outcome = await pollUntil(look, { intervalMs: pollIntervalMs(clients.target.kind), quietMs, signal });
  if (outcome !== 'done') {
    const logged = loggedByRequest(lines);
    const lost = [...wanted].filter((id) => !logged.has(id));
    context.log(
      'warning',
      `${lost.length} of ${wanted.size} invocations of ${name} have no REPORT line after ${parameters.waitS} s without a new one: whether they started cold is not known (${lost.slice(0, 3).join(', ')}).`,
    );
  }
  return lines;
}

type LoggedColumns = Pick<
  Sample,
  | 'start'
  | 'initialisationType'
  | 'initMs'
  | 'durationMs'
  | 'billedMs'
  | 'memorySizeMb'
  | 'maxMemoryUsedMb'
  | 'nodeReadyMs'
  | 'codeLoadedMs'
  | 'initialisedMs'
  | 'firstCallStartedMs'
  | 'firstCallEndedMs'
  | 'compileCache'
  | 'logBytes'
>;

/** The columns that the log fills. Nothing is guessed: without a REPORT line the start is unknown. Pure. */
export function loggedColumns(logged: Logged | undefined): LoggedColumns {
  const report = logged?.report;
  const mark = logged?.coldStart;
  return {
    start: startOf(logged),
    initialisationType: mark?.initialisationType ?? null,
    initMs: report?.initMs ?? null,
    durationMs: report?.durationMs ?? null,
    billedMs: report?.billedMs ?? null,
    memorySizeMb: report?.memorySizeMb ?? null,
    maxMemoryUsedMb: report?.maxMemoryUsedMb ?? null,
    nodeReadyMs: mark?.nodeReadyMs ?? null,
    codeLoadedMs: mark?.codeLoadedMs ?? null,
    initialisedMs: mark?.initialisedMs ?? null,
    firstCallStartedMs: mark?.firstCallStartedMs ?? null,
    firstCallEndedMs: mark?.firstCallEndedMs ?? null,
    compileCache: mark?.compileCache ?? null,
    logBytes: logged?.logBytes ?? null,
  };
}

/** AWS tells an Init Duration of provisioned environments, too, although nobody waited for it. */
function startOf(logged: Logged | undefined): Sample['start'] {
  if (logged === undefined) return 'unknown';
  if (logged.report.initMs === null) return 'warm';
  return logged.coldStart?.initialisationType === 'provisioned-concurrency' ? 'warm' : 'cold';
}
