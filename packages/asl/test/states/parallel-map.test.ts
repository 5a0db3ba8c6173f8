import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type Json, StatesError, type TaskRunner } from '../../src/index.ts';
import { isJsonObject } from '../../src/json.ts';
import { JumpingClock } from '../support/jumping-clock.ts';
import { type RecordedEvent, runWorkflow } from '../support/run-workflow.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const task = { StartAt: 'T', States: { T: { Type: 'Task', Resource: FUNCTION, End: true } } };

/** Each task sleeps `seconds`, then gives `value` or fails with `error`, as its input says; counts how many work at once. */
function workers(clock: JumpingClock): TaskRunner & { most: number } {
  let running = 0;
  return {
    most: 0,
    async run({ input }, signal) {
      const { seconds = 0, value = null, error } = isJsonObject(input) ? input : {};
      running += 1;
      this.most = Math.max(this.most, running);
      try {
        await clock.sleep(Number(seconds) * 1000, signal);
      } finally {
        running -= 1;
      }
      if (typeof error === 'string') throw new StatesError(error, undefined);
      return value;
    },
  };
}

function brief(events: readonly RecordedEvent[]): unknown[] {
  return events.map(({ id, previousEventId, type, details }) => {
    const index = details?.['index'];
    return [id, previousEventId, typeof index === 'number' ? `${type} ${index}` : type];
  });
}

describe('Map', () => {
  const map = (fields: object = {}) => ({
    StartAt: 'M',
    States: { M: { Type: 'Map', ItemProcessor: task, ...fields, Next: 'End' }, End: { Type: 'Succeed' } },
  });

  test('keeps the order of the items, whoever ends first', async () => {
    const clock = new JumpingClock();
    const input = [3, 1, 2].map((seconds) => ({ seconds, value: seconds }));
    const { result } = await runWorkflow(map(), { input, clock, tasks: workers(clock) });
    expect(result).toEqual({ status: 'SUCCEEDED', output: [3, 1, 2] });
  });

  test.each([
    [{}, 100, 40],
    [{ MaxConcurrency: 0 }, 100, 40],
    [{ MaxConcurrency: 1000 }, 100, 40],
    [{ MaxConcurrency: 3 }, 10, 3],
    [{ MaxConcurrencyPath: '$.limit' }, 10, 2],
    [{}, 5, 5],
  ])('with %j runs %i items at most %i at once', async (fields, count, expected) => {
    const clock = new JumpingClock();
    const tasks = workers(clock);
    const items = Array.from({ length: count }, (_, index) => ({ seconds: 1 + (index % 3), value: index }));
    const { result } = await runWorkflow(map({ ItemsPath: '$.items', ...fields }), {
      input: { items, limit: 2 },
      clock,
      tasks,
    });
    expect(result).toEqual({ status: 'SUCCEEDED', output: items.map(({ value }) => value) });
    expect(tasks.most).toBe(expected);
  });

  test('links an iteration to the one whose place it takes', async () => {
    const clock = new JumpingClock();
    const input = [1, 3, 1].map((seconds) => ({ seconds }));
    const { events } = await runWorkflow(map({ MaxConcurrency: 2 }), { input, clock, tasks: workers(clock) });
    const ids = new Map(
      events.map((event) => [`${event.type} ${JSON.stringify(event.details?.['index'])}`, event]),
    );
    const started = events.find(({ type }) => type === 'MapStateStarted')?.id;
    expect(ids.get('MapIterationStarted 0')?.previousEventId).toBe(started);
    expect(ids.get('MapIterationStarted 1')?.previousEventId).toBe(started);
    const firstEnd = ids.get('MapIterationSucceeded 0');
    expect(ids.get('MapIterationStarted 2')?.previousEventId).toBe(firstEnd?.previousEventId);
    const lastEnd = events.findLast(({ type }) => type === 'MapIterationSucceeded');
    expect(ids.get('MapStateSucceeded undefined')?.previousEventId).toBe(lastEnd?.id);
    expect(ids.get('MapStateExited undefined')?.previousEventId).toBe(lastEnd?.id);
  });

  test('a failure cuts off the other iterations, and history names them and where they were', async () => {
    const clock = new JumpingClock();
    const { signal } = new AbortController();
    const input = [{ seconds: 9 }, { seconds: 1, error: 'E' }, { seconds: 9 }];
    const catching = map({ Catch: [{ ErrorEquals: ['E'], ResultPath: null, Next: 'End' }] });
    const { result, events } = await runWorkflow(catching, { input, clock, signal, tasks: workers(clock) });
    expect(result).toEqual({ status: 'SUCCEEDED', output: input });
    const failure = events.find(({ type }) => type === 'LambdaFunctionFailed')?.id ?? 0;
    const event = (offset: number, previous: number, what: string) => [failure + offset, previous, what];
    expect(brief(events).slice(failure)).toEqual([
      event(1, failure, 'MapIterationAborted 0'),
      event(2, failure, 'TaskStateAborted'),
      event(3, failure, 'MapIterationFailed 1'),
      event(4, failure, 'TaskStateAborted'),
      event(5, failure, 'MapIterationAborted 2'),
      event(6, failure, 'TaskStateAborted'),
      event(7, failure, 'MapStateFailed'),
      event(8, failure + 7, 'MapStateExited'),
      event(9, failure + 8, 'SucceedStateEntered'),
      event(10, failure + 9, 'SucceedStateExited'),
      event(11, failure + 10, 'ExecutionSucceeded'),
    ]);
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(1000);
    expect(clock.sleeperCount).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('a runtime fault ends the execution without more ado', async () => {
    const processor = {
      StartAt: 'P',
      States: { P: { Type: 'Pass', Parameters: { 'x.$': '$.missing' }, End: true } },
    };
    const { result, events } = await runWorkflow(
      map({ ItemProcessor: processor, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }] }),
      { input: [1, 2] },
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(events.at(-1)?.type).toBe('ExecutionFailed');
    expect(events.filter(({ type }) => /Aborted|MapIterationFailed|MapStateFailed/.test(type))).toEqual([]);
  });

  test.each([
    [{ ItemsPath: '$.n' }, 'Reference path "$.n" must point to array.'],
    [
      { ItemsPath: '$.items', MaxConcurrencyPath: '$.text' },
      'The MaxConcurrencyPath field refers to value "many" which is not a valid integer: $.text',
    ],
    [{ ItemsPath: '$.items', MaxConcurrencyPath: '$.negative' }, 'MaxConcurrency cannot be negative.'],
    [{ ToleratedFailureCountPath: '$.negative' }, 'ToleratedFailureCount cannot be negative.'],
    [
      { ToleratedFailurePercentagePath: '$.negative' },
      'ToleratedFailurePercentage must be between 0 and 100.',
    ],
    [
      { ToleratedFailurePercentagePath: '$.text' },
      'The ToleratedFailurePercentagePath field refers to value "many" which is not a valid float: $.text',
    ],
  ])('%j fails', async (fields, sentence) => {
    const { result } = await runWorkflow(map(fields), {
      input: { n: 1, items: [1], text: 'many', negative: -1 },
    });
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'M' (entered at the event id #2). ${sentence}`,
    });
  });

  test('the input of a JSONata Map without Items must be a list', async () => {
    const { result, events } = await runWorkflow(map({ QueryLanguage: 'JSONata' }), { input: { n: 1 } });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(events.map(({ type }) => type).slice(2)).toEqual([
      'EvaluationFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  test('a MaxConcurrency of JSONata that is no integer fails', async () => {
    const fields = { QueryLanguage: 'JSONata', Items: [1], MaxConcurrency: '{% 3 / 2 %}' };
    const { result } = await runWorkflow(map(fields));
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'States.QueryEvaluationError',
      cause: expect.stringContaining('MaxConcurrency field cannot be parsed as an integer: 1.5'),
    });
  });

  test('AWS takes a threshold of failures at an inline Map, which the first failure ends all the same', async () => {
    const fields = {
      QueryLanguage: 'JSONata',
      Items: [1, 2],
      ToleratedFailureCount: '{% 2 %}',
      ToleratedFailurePercentage: '{% $states.input.percentage %}',
    };
    const input = { percentage: 100 };
    const { result } = await runWorkflow(map(fields), { input, tasks: workers(new JumpingClock()) });
    expect(result).toMatchObject({ status: 'SUCCEEDED' });
    const ItemProcessor = { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } };
    const failed = await runWorkflow(map({ ...fields, ItemProcessor }), { input });
    expect(failed.result).toMatchObject({ status: 'FAILED', error: 'E' });
    const wrong = await runWorkflow(map(fields), { input: { percentage: 101 } });
    expect(wrong.result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('Items, ItemSelector and MaxConcurrency of JSONata', async () => {
    const fields = {
      QueryLanguage: 'JSONata',
      Items: '{% $states.input.items %}',
      ItemSelector: { seconds: 1, value: '{% $states.context.Map.Item.Value * $states.input.factor %}' },
      MaxConcurrency: '{% 1 + 1 %}',
    };
    const clock = new JumpingClock();
    const tasks = workers(clock);
    const { result } = await runWorkflow(map(fields), {
      input: { items: [1, 2, 3], factor: 10 },
      clock,
      tasks,
    });
    expect(result).toEqual({ status: 'SUCCEEDED', output: [10, 20, 30] });
    expect(tasks.most).toBe(2);
  });
});

describe('Parallel', () => {
  const branch = (name: string, input: Json) => ({
    StartAt: name,
    States: { [name]: { Type: 'Task', Resource: FUNCTION, Parameters: input, End: true } },
  });

  test('retries all its branches; the last failure is caught', async () => {
    const clock = new JumpingClock();
    const state = {
      Type: 'Parallel',
      Branches: [branch('Fails', { seconds: 1, error: 'E' }), branch('Waits', { seconds: 60 })],
      Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: ['E'], Next: 'End' }],
      Next: 'End',
    };
    const { result, events } = await runWorkflow(
      { StartAt: 'P', States: { P: state, End: { Type: 'Succeed' } } },
      { clock, tasks: workers(clock) },
    );
    expect(result).toEqual({ status: 'SUCCEEDED', output: { Error: 'E', Cause: '' } });
    const types = events.map(({ type }) => type);
    expect(types.filter((type) => type.startsWith('Parallel'))).toEqual([
      'ParallelStateEntered',
      'ParallelStateStarted',
      'ParallelStateStarted',
      'ParallelStateFailed',
      'ParallelStateExited',
    ]);
    expect(types.filter((type) => type === 'TaskStateAborted')).toHaveLength(4);
    const failures = events.filter(({ type }) => type === 'LambdaFunctionFailed').map(({ id }) => id);
    const following = events.filter(({ previousEventId }) => previousEventId === failures[0]);
    expect(following.map(({ type }) => type)).toEqual([
      'TaskStateAborted',
      'TaskStateAborted',
      'ParallelStateStarted',
    ]);
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(3000);
    expect(clock.sleeperCount).toBe(0);
  });

  test('what is inside a line that is cut off is told, outer before inner', async () => {
    const wait = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 9, End: true } } };
    const inner = {
      StartAt: 'M',
      States: { M: { Type: 'Map', ItemsPath: '$.items', ItemProcessor: wait, End: true } },
    };
    const failing = {
      StartAt: 'W1',
      States: { W1: { Type: 'Wait', Seconds: 1, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } },
    };
    const { events } = await runWorkflow(
      { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [inner, failing], End: true } } },
      { input: { items: [1, 2] } },
    );
    const failure = events.findIndex(({ type }) => type === 'FailStateEntered');
    expect(brief(events.slice(failure + 1)).map((event) => Array.isArray(event) && event[2])).toEqual([
      'MapStateAborted',
      'MapIterationAborted 0',
      'WaitStateAborted',
      'MapIterationAborted 1',
      'WaitStateAborted',
      'ParallelStateFailed',
      'ExecutionFailed',
    ]);
  });

  test('a failure after its branches follows their success', async () => {
    const { events } = await runWorkflow({
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Branches: [{ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } }],
          ResultSelector: { 'x.$': '$.missing' },
          End: true,
        },
      },
    });
    expect(brief(events).slice(-2)).toEqual([
      [6, 5, 'ParallelStateSucceeded'],
      [7, 6, 'ExecutionFailed'],
    ]);
  });
});
