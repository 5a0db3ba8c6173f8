import { describe, expect, test } from 'vitest';
import type { Json, TaskRunner } from '../../src/index.ts';
import { runWorkflow } from '../support/run-workflow.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';

/** Answers with what it was given. */
const echo: TaskRunner = { run: ({ input }) => Promise.resolve({ got: input }) };

async function outputOf(state: object, input: Json): Promise<Json> {
  const { result } = await runWorkflow(
    { StartAt: 'S', States: { S: { ...state, End: true } } },
    { input, tasks: echo },
  );
  if (result.status !== 'SUCCEEDED') throw new Error(JSON.stringify(result));
  return result.output;
}

describe('JSONPath', () => {
  const input = { a: { x: 1, y: 2 }, b: 3 };

  test('InputPath, Parameters, ResultSelector, ResultPath and OutputPath in this order', async () => {
    const state = {
      Type: 'Task',
      Resource: FUNCTION,
      InputPath: '$.a',
      Parameters: { 'sent.$': '$.x' },
      ResultSelector: { 'back.$': '$.got.sent' },
      ResultPath: '$.a.result',
    };
    expect(await outputOf(state, input)).toEqual({ a: { x: 1, y: 2, result: { back: 1 } }, b: 3 });
    expect(await outputOf({ ...state, OutputPath: '$.a.result' }, input)).toEqual({ back: 1 });
  });

  test('null throws away: InputPath and OutputPath give {}, ResultPath keeps the input', async () => {
    const pass = { Type: 'Pass' };
    expect(await outputOf({ ...pass, InputPath: null }, input)).toEqual({});
    expect(await outputOf({ ...pass, OutputPath: null }, input)).toEqual({});
    expect(await outputOf({ ...pass, Result: 1, ResultPath: null }, input)).toEqual(input);
    expect(await outputOf({ ...pass, Result: null }, input)).toBe(null);
  });

  test('Assign of a task reads its result as it came, not what ResultSelector makes of it', async () => {
    const { events } = await runWorkflow(
      {
        StartAt: 'S',
        States: {
          S: {
            Type: 'Task',
            Resource: FUNCTION,
            ResultSelector: { 'b.$': '$.got.b' },
            Assign: { 'a.$': '$.got.a' },
            End: true,
          },
        },
      },
      { input, tasks: echo },
    );
    const exited = events.find(({ type }) => type === 'TaskStateExited')?.details;
    expect(exited).toMatchObject({ output: '{"b":3}', assignedVariables: { a: '{"x":1,"y":2}' } });
  });

  test('what is assigned is bounded', async () => {
    const { result } = await runWorkflow(
      { StartAt: 'S', States: { S: { Type: 'Pass', Assign: { 'x.$': '$', 'y.$': '$' }, End: true } } },
      { input: 'x'.repeat(200_000) },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });

  test('Assign reads the result, with variables as they were before', async () => {
    const { result, events } = await runWorkflow(
      {
        StartAt: 'First',
        States: {
          First: { Type: 'Pass', Assign: { n: 1, 'whole.$': '$' }, Next: 'Second' },
          Second: { Type: 'Pass', Result: { r: 2 }, Assign: { 'n.$': '$.r', 'old.$': '$n' }, Next: 'Third' },
          Third: {
            Type: 'Pass',
            Parameters: { 'n.$': '$n', 'old.$': '$old', 'whole.$': '$whole' },
            End: true,
          },
        },
      },
      { input },
    );
    expect(result).toEqual({ status: 'SUCCEEDED', output: { n: 2, old: 1, whole: input } });
    expect(events[4]?.details).toMatchObject({
      assignedVariables: { n: '2', old: '1' },
      assignedVariablesDetails: { truncated: false },
    });
  });

  test('a path without a value fails as AWS says it', async () => {
    const { result } = await runWorkflow({
      StartAt: 'S',
      States: { S: { Type: 'Pass', InputPath: '$.missing', End: true } },
    });
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause:
        "An error occurred while executing the state 'S' (entered at the event id #2). Invalid path '$.missing' : No results for path: $['missing']",
    });
  });
});

describe('JSONata', () => {
  const jsonata = { QueryLanguage: 'JSONata' };

  test('Arguments go to the task, Output and Assign see input, result and context', async () => {
    const { result } = await runWorkflow(
      {
        ...jsonata,
        StartAt: 'T',
        States: {
          T: {
            Type: 'Task',
            Resource: FUNCTION,
            Arguments: { n: '{% $states.input.n + 1 %}' },
            Assign: { sent: '{% $states.result.got.n %}' },
            Output: { name: '{% $states.context.State.Name %}', was: '{% $states.input.n %}' },
            Next: 'P',
          },
          P: { Type: 'Pass', Output: { before: '{% $states.input %}', sent: '{% $sent %}' }, End: true },
        },
      },
      { input: { n: 1 }, tasks: echo },
    );
    expect(result).toEqual({ status: 'SUCCEEDED', output: { before: { name: 'T', was: 1 }, sent: 2 } });
  });

  test('an expression without a value fails the state, and history tells where', async () => {
    const { result, events } = await runWorkflow({
      ...jsonata,
      StartAt: 'A',
      States: {
        A: { Type: 'Pass', Next: 'B' },
        B: { Type: 'Pass', Output: { v: '{% $states.input.missing %}' }, End: true },
      },
    });
    const cause =
      "An error occurred while executing the state 'B' (entered at the event id #4). The JSONata expression '$states.input.missing' specified for the field 'Output/v' returned nothing (undefined).";
    expect(result).toEqual({ status: 'FAILED', error: 'States.QueryEvaluationError', cause });
    expect(events.slice(3).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['PassStateEntered', 3],
      ['EvaluationFailed', 3],
      ['ExecutionFailed', 5],
    ]);
    expect(events[4]?.details).toEqual({
      error: 'States.QueryEvaluationError',
      cause,
      location: 'Output/v',
      state: 'B',
    });
  });
});

test('inner lines read the variables of outer ones and keep their own to themselves', async () => {
  const { result } = await runWorkflow({
    StartAt: 'Outer',
    States: {
      Outer: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'Fan' },
      Fan: {
        Type: 'Parallel',
        Branches: ['one', 'two'].map((name) => ({
          StartAt: name,
          States: {
            [name]: { Type: 'Pass', Assign: { own: name }, Next: `${name}-read` },
            [`${name}-read`]: {
              Type: 'Pass',
              Parameters: { 'own.$': '$own', 'outer.$': '$outer' },
              End: true,
            },
          },
        })),
        Next: 'After',
      },
      After: { Type: 'Pass', Parameters: { 'gone.$': '$own' }, ResultPath: '$[0]', End: true },
    },
  });
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  const { result: without } = await runWorkflow({
    StartAt: 'Fan',
    States: {
      Fan: {
        Type: 'Parallel',
        Assign: { 'all.$': '$' },
        Branches: [
          { StartAt: 'P', States: { P: { Type: 'Pass', Result: 1, Assign: { own: 1 }, End: true } } },
        ],
        Next: 'Read',
      },
      Read: { Type: 'Pass', Parameters: { 'all.$': '$all' }, End: true },
    },
  });
  expect(without).toEqual({ status: 'SUCCEEDED', output: { all: [1] } });
});

test('the context object tells of execution, machine, state and iteration', async () => {
  const { result } = await runWorkflow(
    {
      StartAt: 'M',
      States: {
        M: {
          Type: 'Map',
          ItemSelector: { 'index.$': '$$.Map.Item.Index', 'value.$': '$$.Map.Item.Value' },
          ItemProcessor: {
            StartAt: 'P',
            States: { P: { Type: 'Pass', Parameters: { 'all.$': '$$', 'got.$': '$' }, End: true } },
          },
          End: true,
        },
      },
    },
    { input: ['x'] },
  );
  expect(result.status === 'SUCCEEDED' && result.output).toEqual([
    {
      got: { index: 0, value: 'x' },
      all: {
        Execution: expect.objectContaining({ Name: 'run', Input: ['x'] }),
        StateMachine: expect.objectContaining({ Name: 'machine' }),
        State: { Name: 'P', EnteredTime: '2026-01-01T00:00:00.000Z' },
        Map: { Item: { Index: 0, Value: 'x' } },
      },
    },
  ]);
});
