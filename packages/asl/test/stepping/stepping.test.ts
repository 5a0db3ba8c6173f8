import { describe, expect, test } from 'vitest';
import {
  advance,
  beginningOf,
  failState,
  fillPending,
  type Json,
  leaveFanOut,
  leaveTask,
  PENDING,
  type Standing,
  type Stepping,
  standingSchema,
} from '../../src/index.ts';
import { FUNCTION_ARN } from '../support/random-workflow.ts';
import { readDefinition } from '../support/run-workflow.ts';

function task(name: string, more: object = {}) {
  return { Type: 'Task', Resource: FUNCTION_ARN + name, ...more };
}

function steppingOf(startAt: string, states: object): Stepping {
  return {
    definition: readDefinition({ StartAt: startAt, States: states }),
    context: { Execution: { Id: 'run' } },
    clock: { now: () => 0 },
    randomness: { random: () => 0.5, uuid: () => 'uuid' },
  };
}

function advanced(startAt: string, states: object, input: Json) {
  const stepping = steppingOf(startAt, states);
  return advance(stepping, beginningOf(stepping.definition, input));
}

/** Two branches, then a Publisher with the given fields. */
function fanIn(publisher: object, fan: object = {}): Stepping {
  const branch = (name: string) => ({ StartAt: name, States: { [name]: task(name, { End: true }) } });
  return steppingOf('Fan', {
    Fan: { Type: 'Parallel', Branches: [branch('A'), branch('B')], Next: 'Publisher', ...fan },
    Publisher: task('publish', { End: true, ...publisher }),
  });
}
const AT_FAN: Standing = { position: ['Fan'], input: { key: 'k' }, variables: {}, retries: [] };

describe('a task', () => {
  test('by its ARN gets the effective input, and its answer is the result', async () => {
    const stepping = steppingOf('T', {
      T: task('f', { Parameters: { 'b.$': '$.a' }, TimeoutSeconds: 7, ResultPath: '$.r', End: true }),
    });
    const standing = beginningOf(stepping.definition, { a: 1 });
    expect(await advance(stepping, standing)).toEqual({
      kind: 'task',
      standing,
      functionName: `${FUNCTION_ARN}f`,
      event: { b: 1 },
      pending: [],
      timeoutSeconds: 7,
    });
    expect(await leaveTask(stepping, standing, 'answer')).toEqual({
      kind: 'line-end',
      output: { a: 1, r: 'answer' },
    });
  });

  test.each([
    [{ 'Payload.$': '$.a' }, { n: 1 }],
    [{ Payload: '{"n":2}' }, { n: 2 }],
    [{ Payload: 'no JSON' }, 'no JSON'],
    [{}, {}],
  ])('by lambda:invoke with %j gets the event %j', async (parameters, event) => {
    const Resource = 'arn:aws:states:::lambda:invoke';
    const T = {
      Type: 'Task',
      Resource,
      Parameters: { FunctionName: 'f', ...parameters },
      OutputPath: '$.Payload',
      End: true,
    };
    expect(await advanced('T', { T }, { a: { n: 1 } })).toMatchObject({ functionName: 'f', event });
    const stepping = steppingOf('T', { T });
    expect(await leaveTask(stepping, beginningOf(stepping.definition, {}), 5)).toEqual({
      kind: 'line-end',
      output: 5,
    });
  });
});

describe('a Map', () => {
  const Each = (more: object) => ({
    Type: 'Map',
    ItemsPath: '$.items',
    ItemProcessor: {
      StartAt: 'T',
      States: { T: task('f', { Parameters: { 'at.$': '$$.Map.Item.Index', 'v.$': '$v' }, End: true }) },
    },
    ...more,
  });
  const states = {
    V: { Type: 'Pass', Assign: { v: 'variable' }, Next: 'Each' },
    Each: Each({ Next: 'Last' }),
    Last: { Type: 'Pass', End: true },
  };

  test('has a line for each item, which takes variables and its place along', async () => {
    const stepping = steppingOf('V', states);
    const stop = await advance(stepping, beginningOf(stepping.definition, { items: ['x', 'y'] }));
    if (stop.kind !== 'fan-out') throw new Error(`expected a fan-out, got ${stop.kind}`);
    expect(stop.lines[1]).toEqual({
      position: ['Each', 1, 'T'],
      input: 'y',
      variables: { v: 'variable' },
      mapContext: { Item: { Index: 1, Value: 'y' } },
      retries: [],
    });
    const line = standingSchema.parse(JSON.parse(JSON.stringify(stop.lines[1])));
    expect(await advance(stepping, line)).toMatchObject({ kind: 'task', event: { at: 1, v: 'variable' } });
    expect(await leaveFanOut(stepping, stop.standing, [1, 2])).toEqual({ kind: 'line-end', output: [1, 2] });
  });

  test('without items is passed: nobody would ever come back from its lines', async () => {
    expect(await advanced('V', states, { items: [] })).toEqual({ kind: 'line-end', output: [] });
  });
});

describe('a failure', () => {
  const Retry = [{ ErrorEquals: ['E'], IntervalSeconds: 2, MaxAttempts: 2 }];
  const Catch = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.caught', Next: 'Handle' }];
  const Handle = task('handle', { End: true });

  test('of a task is retried, with backoff, then caught', async () => {
    const stepping = steppingOf('T', { T: task('f', { Retry, Catch, End: true }), Handle });
    const failure = { error: 'E', cause: 'c' };
    const first = beginningOf(stepping.definition, { a: 1 });
    const second = { ...first, retries: [1] };
    const third = { ...first, retries: [2] };
    expect(await failState(stepping, first, failure)).toEqual({
      kind: 'retry',
      standing: second,
      afterMs: 2000,
    });
    expect(await failState(stepping, second, failure)).toEqual({
      kind: 'retry',
      standing: third,
      afterMs: 4000,
    });
    expect(await failState(stepping, third, failure)).toMatchObject({
      kind: 'task',
      standing: { position: ['Handle'], input: { a: 1, caught: { Error: 'E', Cause: 'c' } }, retries: [] },
    });
  });

  test('of a line runs all lines again, at positions of their own', async () => {
    const stepping = fanIn({}, { Retry });
    const stop = await failState(stepping, AT_FAN, { error: 'E' });
    if (stop.kind !== 'retry') throw new Error(`expected a retry, got ${stop.kind}`);
    const again = await advance(stepping, stop.standing);
    expect(again).toMatchObject({
      kind: 'fan-out',
      lines: [{ position: [{ state: 'Fan', attempt: 1 }, 0, 'A'] }, {}],
    });
    expect(await failState(stepping, stop.standing, { error: 'E' })).toMatchObject({
      standing: { position: [{ state: 'Fan', attempt: 2 }], retries: [2] },
    });
    expect(await leaveFanOut(stepping, stop.standing, [1, 2])).toMatchObject({
      kind: 'task',
      standing: { position: ['Publisher'] },
    });
  });

  test('that nothing catches ends the line', async () => {
    expect(await failState(fanIn({}), AT_FAN, { cause: 'c' })).toEqual({ kind: 'failed', cause: 'c' });
  });
});

describe('outputs that are still to come', () => {
  const both: readonly (typeof PENDING)[] = [PENDING, PENDING];

  test.each<[string, object, object, Json, readonly (string | number)[][]]>([
    ['the list as it is', {}, {}, [null, null], [[0], [1]]],
    ['one of them', { Parameters: { 'second.$': '$[1]' } }, {}, { second: null }, [['second']]],
    [
      'beside the input, of which something is read',
      { Parameters: { 'all.$': '$.parts', 'file.$': "States.Format('{}.json', $.key)" } },
      { ResultPath: '$.parts' },
      { all: [null, null], file: 'k.json' },
      [
        ['all', 0],
        ['all', 1],
      ],
    ],
    [
      'in JSONata',
      {
        QueryLanguage: 'JSONata',
        Arguments: { all: '{% $states.input.parts %}', file: "{% $states.input.key & '.json' %}" },
      },
      { QueryLanguage: 'JSONata', Output: { parts: '{% $states.result %}', key: '{% $states.input.key %}' } },
      { all: [null, null], file: 'k.json' },
      [
        ['all', 0],
        ['all', 1],
      ],
    ],
  ])('are placed: %s', async (_name, publisher, fan, event, paths) => {
    const stop = await leaveFanOut(fanIn(publisher, fan), AT_FAN, both);
    if (stop.kind !== 'task') throw new Error(`expected a task, got ${JSON.stringify(stop)}`);
    expect(stop.event).toEqual(event);
    expect(stop.pending.map(({ path }) => path)).toEqual(paths);
    expect(JSON.parse(JSON.stringify(stop))).toEqual(stop);
    const filled = JSON.stringify(fillPending(stop.event, stop.pending, (line) => `future ${line}`));
    expect(filled).toContain('"future 1"');
  });

  test.each<[string, object, object]>([
    ['a path', { Parameters: { 'x.$': '$[0].x' } }, {}],
    ['a path to many', { Parameters: { 'x.$': '$[*].x' } }, {}],
    ['a search', { Parameters: { 'x.$': '$..x' } }, {}],
    ['a filter', { Parameters: { 'x.$': '$[?(@ == 1)]' } }, {}],
    ['the length of one', { Parameters: { 'x.$': '$[0].length()' } }, {}],
    ['a comparison', { Parameters: { 'x.$': "States.ArrayContains($, 'x')" } }, {}],
    ['a text', { Parameters: { 'x.$': 'States.JsonToString($[0])' } }, {}],
    ['a ResultSelector', {}, { ResultSelector: { 'x.$': '$[0].x' } }],
    ['a variable', {}, { Assign: { 'x.$': '$[0]' } }],
    ['JSONata', { QueryLanguage: 'JSONata', Arguments: '{% $states.input[0].x %}' }, {}],
    [
      'JSONata that asks for a type',
      { QueryLanguage: 'JSONata', Arguments: '{% $type($states.input[0]) %}' },
      {},
    ],
    ['JSONata that takes all', { QueryLanguage: 'JSONata', Arguments: '{% $string($states) %}' }, {}],
    ['a timeout', { TimeoutSecondsPath: '$[0]' }, {}],
  ])('are needed where something reads inside: %s', async (_name, publisher, fan) => {
    const stepping = fanIn(publisher, fan);
    expect(await leaveFanOut(stepping, AT_FAN, both)).toMatchObject({ kind: 'needs-outputs' });
    expect(await leaveFanOut(stepping, AT_FAN, [{ x: 1 }, { x: 2 }])).not.toMatchObject({
      kind: 'needs-outputs',
    });
  });

  test('travel with the line, and are needed when what they were placed in is put out', async () => {
    for (const [publisher, left] of [
      [{}, { kind: 'line-end', output: 'done' }],
      [{ ResultPath: '$.done' }, { kind: 'needs-outputs' }],
    ] as const) {
      const stepping = fanIn(publisher, { ResultPath: '$.parts' });
      const stop = await leaveFanOut(stepping, AT_FAN, both);
      if (stop.kind !== 'task') throw new Error(`expected a task, got ${stop.kind}`);
      const standing = standingSchema.parse(JSON.parse(JSON.stringify(stop.standing)));
      expect(await advance(stepping, standing)).toEqual(stop);
      expect(await leaveTask(stepping, standing, 'done')).toMatchObject(left);
    }
  });
});

test('a position of another workflow is a mistake that is named', async () => {
  const elsewhere = { ...AT_FAN, position: ['Fan', 7, 'A'] };
  await expect(advance(fanIn({}), elsewhere)).rejects.toThrow(
    'expected the position of a state of this workflow, got Fan/7/A',
  );
});
