import type { RunRecord } from '@skyground/choreography';
import type { LogLine } from '@skyground/cloud';
import { describe, expect, it } from 'vitest';
import { type FunctionName, functionNames, functionRunsOf } from '../../src/experiment/function-runs.ts';
import { inputWaitsOf } from '../../src/experiment/input-waits.ts';
import { invocationsOf, isComplete, loggedColumns } from '../../src/experiment/measure/logged-columns.ts';
import { loggedInvocations } from '../../src/experiment/measure/logged-invocation.ts';

const session = 'a-session';
const states = [
  'ImageLoader',
  'FanOut/0/Thumbnail',
  'FanOut/1/Transform',
  'FanOut/2/Filters',
  'FanOut/3/Contour',
  'Publisher',
];
const places = functionNames.map((key) => ({
  key,
  name: key,
  arn: `arn:${key}`,
  logGroup: key,
  memoryMb: 512,
}));

interface Invocation {
  readonly requestId: string;
  /** START; END comes 50 ms later. */
  readonly atMs: number;
  readonly initMs?: number;
  readonly lines?: readonly object[];
}

/** What one environment logs of its invocations, the one after the other. */
function logOf(name: FunctionName, invocations: readonly Invocation[]) {
  const lines = invocations.flatMap(({ requestId, atMs, initMs, lines: own = [] }): LogLine[] => {
    const line = (offsetMs: number, message: string) => ({ stream: name, atMs: atMs + offsetMs, message });
    const init = initMs === undefined ? '' : `\tInit Duration: ${initMs} ms`;
    return [
      line(0, `START RequestId: ${requestId} Version: $LATEST`),
      ...own.map((json) => line(40, `2026-11-21T00:00:00.000Z\t${requestId}\tINFO\t${JSON.stringify(json)}`)),
      line(50, `END RequestId: ${requestId}`),
      line(
        50,
        `REPORT RequestId: ${requestId}\tDuration: 49.50 ms\tBilled Duration: 50 ms\tMemory Size: 512 MB\tMax Memory Used: 90 MB${init}\t`,
      ),
    ];
  });
  return loggedInvocations(name, lines);
}

function recordOf(node: string, change: Partial<RunRecord> = {}): { readonly choreography: RunRecord } {
  return {
    choreography: {
      ...{ session, node, invokedBy: 'start', mode: 'FUTURE_BASED', requestId: node },
      ...{ startedAtMs: 0, userStartedAtMs: 1, userEndedAtMs: 2, checkpointedAtMs: 3, continuedAtMs: 4 },
      ...{
        preResolved: 0,
        inputs: [],
        billedWaitMs: 0,
        reads: 2,
        writes: 1,
        objectReads: 0,
        objectWrites: 0,
      },
      outcome: 'ran',
      ...change,
    },
  };
}

const waits = [0, 10, 20, 30].map((waitMs, branch) => ({ branch, waitMs, resolvedAtStart: branch === 0 }));

/** One run without an orchestrator, each function by its record and Lambda's own lines. */
function decentralised(change: (name: FunctionName) => Partial<RunRecord> = () => ({})) {
  return functionNames.flatMap((name, index) => {
    const isPublisher = name === 'publisher';
    const record = recordOf(states[index] ?? '', {
      userStartedAtMs: 100 * index,
      userEndedAtMs: 100 * index + 40,
      ...(isPublisher
        ? { invokedBy: 'FanOut/0/Thumbnail', preResolved: 1, inputs: waits, billedWaitMs: 30 }
        : {}),
      ...change(name),
    });
    const published = (kind: string, atMs: number) => ({ published: { session, kind, branches: [], atMs } });
    const lines = isPublisher ? [published('partial', 510), published('final', 535), record] : [record];
    return logOf(name, [{ requestId: name, atMs: 100 * index - 5, lines }]);
  });
}

describe('a run without an orchestrator', () => {
  it('is joined by its session, with the times of the functions themselves', () => {
    const own = invocationsOf({ session, requestIds: [] }, [
      ...decentralised(),
      ...logOf('filters', [
        { requestId: 'other', atMs: 0, lines: [recordOf('FanOut/2/Filters', { session: 'another' })] },
      ]),
      ...logOf('filters', [{ requestId: 'unknown', atMs: 0 }]),
    ]);
    expect(own).toHaveLength(6);
    expect(isComplete(own)).toBe(true);
    const columns = loggedColumns(own, places);
    expect(columns).toMatchObject({
      ...{
        firstPublishAtMs: 510,
        finalPublishAtMs: 535,
        recordedMode: 'FUTURE_BASED',
        invokedBy: 'thumbnail',
      },
      ...{ preResolved: 1, billedWaitMs: 30, coldFunctions: 0, storeReads: 12, storeWrites: 6 },
    });
    expect(functionRunsOf(columns)[5]).toEqual({
      ...{ name: 'publisher', requestId: 'publisher', userStartedAtMs: 500, userEndedAtMs: 540 },
      ...{ durationMs: 49.5, billedMs: 50, initMs: null, maxMemoryUsedMb: 90, memoryMb: 512 },
    });
    expect(inputWaitsOf(columns).map(({ branch, waitMs }) => [branch, waitMs])).toEqual([
      ['thumbnail', 0],
      ['transform', 10],
      ['filters', 20],
      ['contour', 30],
    ]);
  });

  it('takes the invocation that took effect, and counts what the others read and wrote', () => {
    const late = logOf('contour', [
      {
        requestId: 'twice',
        atMs: 9000,
        initMs: 300,
        lines: [recordOf('FanOut/3/Contour', { outcome: 'reused', reads: 3, writes: 0 })],
      },
    ]);
    const columns = loggedColumns([...late, ...decentralised()], places);
    expect(functionRunsOf(columns)[4]).toMatchObject({ requestId: 'contour', userEndedAtMs: 440 });
    expect(columns).toMatchObject({ coldFunctions: 0, storeReads: 15, storeWrites: 6 });
  });

  it('says both modes where the functions do not agree', () => {
    const mixed = decentralised((name) => ({ mode: name === 'publisher' ? 'CLASSIC' : 'FUTURE_BASED' }));
    expect(loggedColumns(mixed, places).recordedMode).toBe('CLASSIC, FUTURE_BASED');
  });

  it('does not know how many started cold while a function is missing', () => {
    const missing = decentralised().filter(({ name }) => name !== 'filters');
    expect(isComplete(missing)).toBe(false);
    expect(loggedColumns(missing, places)).toMatchObject({ coldFunctions: null, preResolved: 1 });
    expect(loggedColumns([], places)).toMatchObject({
      recordedMode: null,
      invokedBy: null,
      billedWaitMs: null,
      functions: '[]',
    });
  });
});

it('an execution of Step Functions is joined by its request ids, timed by the lines of Lambda, and started by nobody', () => {
  const logged = functionNames.flatMap((name, index) =>
    logOf(name, [{ requestId: name, atMs: 1000 + (name === 'transform' ? 900 : 100 * index), initMs: 200 }]),
  );
  const own = invocationsOf({ session, requestIds: [...functionNames] }, logged);
  const columns = loggedColumns(own, places);
  expect(columns).toMatchObject({
    ...{ recordedMode: 'STEP_FUNCTIONS', invokedBy: 'transform', preResolved: 4, billedWaitMs: 0 },
    ...{ coldFunctions: 6, storeReads: 0, storeWrites: 0, firstPublishAtMs: null, inputs: '[]' },
  });
  expect(functionRunsOf(columns)[2]).toMatchObject({
    userStartedAtMs: 1900,
    userEndedAtMs: 1950,
    initMs: 200,
  });
  expect(invocationsOf({ session, requestIds: ['filters'] }, logged)).toHaveLength(1);
});

it('an invocation without its REPORT line is not there yet', () => {
  const lines = [{ stream: 's', atMs: 1, message: 'START RequestId: 7 Version: $LATEST' }];
  expect(loggedInvocations('filters', lines)).toEqual([]);
});
