import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { ExecutionStopped, type HistoryEvent, noHistory, runMachine } from '../src/index.ts';
import { JumpingClock } from './support/jumping-clock.ts';
import { readDefinition, runWorkflow } from './support/run-workflow.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const LONG = {
  StartAt: 'W',
  States: { W: { Type: 'Wait', Seconds: 60, Next: 'End' }, End: { Type: 'Succeed' } },
};
const LOOP = {
  StartAt: 'Check',
  States: {
    Check: {
      Type: 'Choice',
      Choices: [{ Variable: '$.left', NumericEquals: 0, Next: 'End' }],
      Default: 'Count',
    },
    Count: { Type: 'Pass', Parameters: { 'left.$': 'States.MathAdd($.left, -1)' }, Next: 'Check' },
    End: { Type: 'Succeed' },
  },
};

describe('an execution that is stopped', () => {
  /** Stops by the clock: after so many seconds. */
  async function stopAfter(seconds: number, reason: Error, definition: object) {
    const clock = new JumpingClock();
    const stop = new AbortController();
    const never = new AbortController().signal;
    void clock.sleep(seconds * 1000, never).then(() => stop.abort(reason));
    const running = runWorkflow(definition, {
      clock,
      signal: stop.signal,
      input: [1, 2],
      tasks: { run: () => new Promise(() => {}) },
    });
    return { clock, stop, running };
  }

  const hanging = { StartAt: 'T', States: { T: { Type: 'Task', Resource: FUNCTION, End: true } } };
  const retrying = {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } }],
        Retry: [{ ErrorEquals: ['E'], IntervalSeconds: 60 }],
        End: true,
      },
    },
  };
  const nested = { StartAt: 'M', States: { M: { Type: 'Map', ItemProcessor: hanging, End: true } } };

  test.each([
    ['while it waits', LONG],
    ['in a task that does not listen', hanging],
    ['before a retry', retrying],
    ['inside a Map', nested],
  ])('%s, is ABORTED with its error and cause; nothing stays alive', async (_name, definition) => {
    const { running, clock, stop } = await stopAfter(
      10,
      new ExecutionStopped('ABORTED', 'Stopped', 'by hand'),
      definition,
    );
    const { result, events } = await running;
    expect(result).toEqual({ status: 'ABORTED', error: 'Stopped', cause: 'by hand' });
    expect(events.at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      previousEventId: 0,
      detailsKey: 'executionAbortedEventDetails',
      details: { error: 'Stopped', cause: 'by hand' },
    });
    expect(clock.sleeperCount).toBe(0);
    expect(getEventListeners(stop.signal, 'abort')).toEqual([]);
  });

  test('for another reason, is not ended in history: the process goes, the execution does not', async () => {
    const reason = new Error('the cloud shuts down');
    const { running } = await stopAfter(10, reason, LONG);
    await expect(running).rejects.toBe(reason);
  });
});

describe('TimeoutSeconds of the machine', () => {
  test('ends it as TIMED_OUT', async () => {
    const clock = new JumpingClock();
    const { result, events } = await runWorkflow({ ...LONG, TimeoutSeconds: 5 }, { clock });
    expect(result).toEqual({ status: 'TIMED_OUT', error: undefined, cause: undefined });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
      'ExecutionTimedOut',
    ]);
    expect(clock.sleeperCount).toBe(0);
  });

  test('leaves no timer behind when it is in time', async () => {
    const clock = new JumpingClock();
    const { result } = await runWorkflow({ ...LONG, TimeoutSeconds: 61 }, { clock });
    expect(result.status).toBe('SUCCEEDED');
    expect(clock.sleeperCount).toBe(0);
  });
});

test('a history that is full ends the execution as FAILED', async () => {
  const LIMIT = 100;
  const events: HistoryEvent[] = [];
  const cause = `The execution reached the maximum number of history events (${LIMIT}).`;
  const result = await runMachine({
    definition: readDefinition(LOOP),
    input: { left: 1000 },
    context: {},
    tasks: { run: () => Promise.reject(new Error('there is no task')) },
    clock: new JumpingClock(),
    randomness: { random: Math.random, uuid: () => 'uuid' },
    history: {
      record: (_previous, event) => {
        const isEnd = event.type.startsWith('Execution') && event.type !== 'ExecutionStarted';
        if (!isEnd && events.length >= LIMIT - 1)
          throw new ExecutionStopped('FAILED', 'States.Runtime', cause);
        return events.push(event);
      },
    },
    roleArn: 'role',
    region: 'us-east-1',
    signal: new AbortController().signal,
  });
  expect(result).toEqual({ status: 'FAILED', error: 'States.Runtime', cause });
  expect(events).toHaveLength(LIMIT);
  expect(events.at(-1)).toMatchObject({
    type: 'ExecutionFailed',
    details: { error: 'States.Runtime', cause },
  });
});

test('a loop of 20,000 states neither fills the stack nor keeps the thread to itself', async () => {
  const clock = new JumpingClock();
  let turns = 0;
  const result = await runMachine({
    definition: readDefinition(LOOP),
    input: { left: 10_000 },
    context: {},
    tasks: { run: () => Promise.reject(new Error('there is no task')) },
    clock: {
      now: () => clock.now(),
      sleep: (durationMs, signal) => {
        turns += 1;
        return clock.sleep(durationMs, signal);
      },
    },
    randomness: { random: Math.random, uuid: () => 'uuid' },
    history: noHistory,
    roleArn: 'role',
    region: 'us-east-1',
    signal: new AbortController().signal,
  });
  expect(result).toEqual({ status: 'SUCCEEDED', output: { left: 0 } });
  expect(turns).toBe(20);
});

test.each(['States.ALL', 'States.DataLimitExceeded'])(
  'an output above 256 KB ends the execution; the state cannot catch it by %s',
  async (name) => {
    const fan = {
      Type: 'Parallel',
      Branches: ['A', 'B'].map((branch) => ({
        StartAt: branch,
        States: { [branch]: { Type: 'Pass', End: true } },
      })),
      Catch: [{ ErrorEquals: [name], Next: 'End' }],
      End: true,
    };
    const { result } = await runWorkflow(
      { StartAt: 'P', States: { P: fan, End: { Type: 'Succeed' } } },
      { input: 'x'.repeat(200_000) },
    );
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.DataLimitExceeded',
      cause:
        "The state/task 'P' returned a result with a size exceeding the maximum number of bytes service limit.",
    });
  },
);
