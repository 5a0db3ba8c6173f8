import { BRANCHES, type Branch } from '../../branches.ts';
import { type FunctionRun, functionNames, functionsCell } from '../function-runs.ts';
import { inputsCell } from '../input-waits.ts';
import type { Sample } from '../sample.ts';
import type { LoggedInvocation } from './logged-invocation.ts';
import type { MeasuredRun } from './measured-run.ts';
import type { FunctionPlace } from './place.ts';

/** The columns that the logs fill. */
export type LoggedColumns = Pick<
  Sample,
  | 'firstPublishAtMs'
  | 'finalPublishAtMs'
  | 'recordedMode'
  | 'invokedBy'
  | 'preResolved'
  | 'billedWaitMs'
  | 'coldFunctions'
  | 'storeReads'
  | 'storeWrites'
  | 'logBytes'
  | 'functions'
  | 'inputs'
>;

/** Invocations of one run: by the session that the runtime recorded, or by the request ids of the execution's history. */
export function invocationsOf(
  { session, requestIds }: Pick<MeasuredRun, 'session' | 'requestIds'>,
  logged: readonly LoggedInvocation[],
): readonly LoggedInvocation[] {
  return logged.filter(({ record, requestId }) =>
    record === undefined ? requestIds.includes(requestId) : record.session === session,
  );
}

/** Whether every function has an invocation that took effect, with its REPORT line. */
export function isComplete(own: readonly LoggedInvocation[]): boolean {
  return functionNames.every((name) => effective(own).some((one) => one.name === name));
}

/** Nothing is guessed: what no line says is null. Pure. */
export function loggedColumns(
  own: readonly LoggedInvocation[],
  functions: readonly FunctionPlace[],
): LoggedColumns {
  const runs = functions.flatMap((place): FunctionRun[] => {
    const invocation = effective(own).find(({ name }) => name === place.key);
    return invocation === undefined ? [] : [functionRunOf(invocation, place)];
  });
  const publisher = effective(own).find(({ name }) => name === 'publisher');
  const published = own.flatMap((one) => one.published);
  const modes = new Set(own.map(({ record }) => record?.mode ?? 'STEP_FUNCTIONS'));
  return {
    firstPublishAtMs: published.length === 0 ? null : Math.min(...published.map(({ atMs }) => atMs)),
    finalPublishAtMs: published.find(({ kind }) => kind === 'final')?.atMs ?? null,
    recordedMode: modes.size === 0 ? null : [...modes].toSorted().join(', '),
    invokedBy: invokerOf(publisher, runs),
    preResolved: preResolvedOf(publisher),
    billedWaitMs: publisher === undefined ? null : (publisher.record?.billedWaitMs ?? 0),
    coldFunctions: isComplete(own) ? runs.filter(({ initMs }) => initMs !== null).length : null,
    storeReads: sum(own, ({ record }) => record?.reads ?? 0),
    storeWrites: sum(own, ({ record }) => record?.writes ?? 0),
    logBytes: sum(own, ({ logBytes }) => logBytes),
    functions: functionsCell(runs),
    inputs: inputsCell(
      (publisher?.record?.inputs ?? []).flatMap(({ branch, ...wait }) => {
        const name = BRANCHES[branch];
        return name === undefined ? [] : [{ branch: name, ...wait }];
      }),
    ),
  };
}

/** Repetitions of an event that found the work done are billed, and are nobody's result. */
function effective(own: readonly LoggedInvocation[]): readonly LoggedInvocation[] {
  return own.filter(({ record }) => record === undefined || record.outcome === 'ran');
}

function functionRunOf(
  { name, requestId, startedAtMs, endedAtMs, report, record }: LoggedInvocation,
  { memoryMb }: FunctionPlace,
): FunctionRun {
  return {
    name,
    requestId,
    // Step Functions calls the function itself: Lambda's own lines enclose it and nothing else.
    userStartedAtMs: record?.userStartedAtMs ?? startedAtMs,
    userEndedAtMs: record?.userEndedAtMs ?? endedAtMs,
    durationMs: report.durationMs,
    billedMs: report.billedMs,
    initMs: report.initMs,
    maxMemoryUsedMb: report.maxMemoryUsedMb,
    memoryMb,
  };
}

/** `FanOut/3/Contour` -> `contour`; of Step Functions, which waits for all, the branch that ended last. */
function invokerOf(publisher: LoggedInvocation | undefined, runs: readonly FunctionRun[]): string | null {
  if (publisher === undefined) return null;
  const { record } = publisher;
  if (record === undefined) {
    const ended = runs
      .filter(({ name }) => isBranch(name))
      .toSorted((a, b) => b.userEndedAtMs - a.userEndedAtMs);
    return ended[0]?.name ?? null;
  }
  const state = record.invokedBy.split('/').at(-1)?.toLowerCase() ?? '';
  return isBranch(state) ? state : record.invokedBy;
}

function isBranch(name: string): name is Branch {
  return BRANCHES.some((branch) => branch === name);
}

function preResolvedOf(publisher: LoggedInvocation | undefined): number | null {
  if (publisher === undefined) return null;
  return publisher.record?.preResolved ?? BRANCHES.length;
}

function sum<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}
