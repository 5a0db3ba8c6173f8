import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { type Json, StatesError, type TaskCall, type TaskRunner } from '../../src/index.ts';
import { JumpingClock } from '../support/jumping-clock.ts';
import { type RecordedEvent, runWorkflow } from '../support/run-workflow.ts';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:f';
const SYNC = 'arn:aws:states:::states:startExecution.sync:2';

function workflow(fields: object): object {
  return {
    StartAt: 'T',
    States: { T: { Type: 'Task', Resource: FUNCTION, ...fields, Next: 'Done' }, Done: { Type: 'Succeed' } },
  };
}

function runner(run: (call: TaskCall, signal: AbortSignal) => Promise<Json>): TaskRunner {
  return { run };
}

function fails(error: string, cause?: string): TaskRunner {
  return runner(() => Promise.reject(new StatesError(error, cause)));
}

/** Type and details of what belongs to the task itself. */
function taskEvents(events: readonly RecordedEvent[]): unknown[] {
  return events
    .filter(({ type }) => /^(Task|LambdaFunction)(?!State)/.test(type))
    .map(({ type, details }) => [type, details]);
}

describe('what history tells', () => {
  test('of a function that is named by its ARN', async () => {
    const { events } = await runWorkflow(workflow({ TimeoutSeconds: 9 }), {
      input: { n: 1 },
      tasks: runner(async () => ['done']),
    });
    expect(taskEvents(events)).toEqual([
      [
        'LambdaFunctionScheduled',
        { resource: FUNCTION, input: '{"n":1}', inputDetails: { truncated: false }, timeoutInSeconds: 9 },
      ],
      ['LambdaFunctionStarted', undefined],
      ['LambdaFunctionSucceeded', { output: '["done"]', outputDetails: { truncated: false } }],
    ]);
  });

  test('of parameters that cannot be used: the task is never scheduled, and nothing catches that', async () => {
    const definition = workflow({
      Parameters: { a: 1 },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Done' }],
    });
    const { result, events } = await runWorkflow(definition, {
      tasks: {
        ...runner(() => Promise.reject(new Error('this task was not to run'))),
        problems: (resource, input) => [`${resource} lacks b`, `it has ${JSON.stringify(input)}`],
      },
    });
    const problems = `${FUNCTION} lacks b, it has {"a":1}`;
    expect(result).toEqual({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: `An error occurred while executing the state 'T' (entered at the event id #2). The Parameters '{"a":1}' could not be used to start the Task: [${problems}]`,
    });
    expect(taskEvents(events)).toEqual([]);
  });

  test('of an integration that submits', async () => {
    const names = { resourceType: 'states', resource: 'startExecution.sync:2' };
    const truncated = { truncated: false };
    const { events } = await runWorkflow(
      workflow({ Resource: SYNC, Parameters: { Name: 'x' }, Credentials: { RoleArn: 'other' } }),
      {
        tasks: runner(async (call) => {
          call.onSubmitted({ ExecutionArn: 'arn' });
          return { Status: 'SUCCEEDED' };
        }),
      },
    );
    expect(taskEvents(events)).toEqual([
      [
        'TaskScheduled',
        { ...names, region: 'us-east-1', parameters: '{"Name":"x"}', taskCredentials: { roleArn: 'other' } },
      ],
      ['TaskStarted', names],
      ['TaskSubmitted', { ...names, output: '{"ExecutionArn":"arn"}', outputDetails: truncated }],
      ['TaskSucceeded', { ...names, output: '{"Status":"SUCCEEDED"}', outputDetails: truncated }],
    ]);
  });
});

describe('a task that takes too long', () => {
  test('is timed out and aborted, whether or not it listens; nothing stays behind', async () => {
    const clock = new JumpingClock();
    const { signal } = new AbortController();
    const aborted: unknown[] = [];
    const { result, events } = await runWorkflow(workflow({ TimeoutSecondsPath: '$.limit' }), {
      input: { limit: 5 },
      clock,
      signal,
      tasks: runner((_call, taskSignal) => {
        taskSignal.addEventListener('abort', () => aborted.push(taskSignal.reason));
        return new Promise(() => {});
      }),
    });
    expect(result).toEqual({ status: 'FAILED', error: 'States.Timeout', cause: undefined });
    expect(taskEvents(events).at(-1)).toEqual(['LambdaFunctionTimedOut', { error: 'States.Timeout' }]);
    expect(aborted).toEqual([expect.objectContaining({ error: 'States.Timeout' })]);
    expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(5000);
    expect(clock.sleeperCount).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('leaves no timer behind when it is in time, or fails', async () => {
    const clock = new JumpingClock();
    const timed = workflow({ TimeoutSeconds: 99_999_999 });
    await runWorkflow(timed, { clock, tasks: runner(async () => 1) });
    await runWorkflow(timed, { clock, tasks: fails('E') });
    expect(clock.sleeperCount).toBe(0);
    expect(clock.now()).toBe(Date.UTC(2026, 0, 1));
  });
});

describe('Retry', () => {
  /** The delays between attempts, in seconds. */
  async function delaysOf(retry: object[], tasks: TaskRunner, random = () => 0.5): Promise<number[]> {
    const clock = new JumpingClock();
    const attempts: number[] = [];
    await runWorkflow(workflow({ Retry: retry }), {
      clock,
      random,
      tasks: runner((call, signal) => {
        attempts.push(clock.now());
        return tasks.run(call, signal);
      }),
    });
    return attempts.slice(1).map((ms, index) => (ms - (attempts[index] ?? 0)) / 1000);
  }

  test('waits 1, 2, 4 seconds where nothing is said', async () => {
    expect(await delaysOf([{ ErrorEquals: ['States.ALL'] }], fails('E'))).toEqual([1, 2, 4]);
  });

  test('backs off up to MaxDelaySeconds; FULL jitter takes a share of it', async () => {
    const retrier = {
      ErrorEquals: ['E'],
      IntervalSeconds: 3,
      MaxAttempts: 4,
      BackoffRate: 2,
      MaxDelaySeconds: 10,
      JitterStrategy: 'FULL',
    };
    expect(await delaysOf([retrier], fails('E'), () => 0.5)).toEqual([1.5, 3, 5, 5]);
  });

  test('the first retrier that names the error counts for itself', async () => {
    const errors = ['A', 'B', 'A', 'B', 'A'];
    const tasks = runner(async () => {
      throw new StatesError(errors.shift() ?? 'C', undefined);
    });
    const retriers = [
      { ErrorEquals: ['A'], IntervalSeconds: 10, MaxAttempts: 2, BackoffRate: 1 },
      { ErrorEquals: ['A', 'B'], IntervalSeconds: 1, MaxAttempts: 5, BackoffRate: 3 },
    ];
    // The third A is the first retrier's, which has no attempt left: the second is not asked.
    expect(await delaysOf(retriers, tasks)).toEqual([10, 1, 10, 3]);
  });

  test('tells the task how many attempts there were', async () => {
    const counts: unknown[] = [];
    await runWorkflow(
      workflow({ Retry: [{ ErrorEquals: ['E'] }], Parameters: { 'n.$': '$$.State.RetryCount' } }),
      {
        tasks: runner(async ({ input, context }) => {
          counts.push([input, context['State']]);
          throw new StatesError('E', undefined);
        }),
      },
    );
    expect(counts).toEqual(
      [0, 1, 2, 3].map((n) => [{ n }, expect.objectContaining({ Name: 'T', RetryCount: n })]),
    );
  });
});

describe('Catch', () => {
  const catching = (...names: string[]) => [{ ErrorEquals: names, Next: 'Done' }];

  test.each([
    ['E', ['E'], true],
    ['E', ['Other'], false],
    ['E', ['States.ALL'], true],
    ['E', ['States.TaskFailed'], true],
    ['States.Timeout', ['States.TaskFailed'], false],
    ['States.Timeout', ['States.ALL'], true],
    ['States.DataLimitExceeded', ['States.ALL'], false],
    ['States.DataLimitExceeded', ['States.DataLimitExceeded'], true],
    ['States.DataLimitExceeded', ['States.TaskFailed'], true],
    ['States.Runtime', ['States.ALL'], false],
    ['States.Runtime', ['States.Runtime'], false],
  ])('of %s by %j: %j', async (error, names, isCaught) => {
    const { result } = await runWorkflow(workflow({ Catch: catching(...names) }), {
      tasks: fails(error, 'why'),
    });
    expect(result).toEqual(
      isCaught
        ? { status: 'SUCCEEDED', output: { Error: error, Cause: 'why' } }
        : { status: 'FAILED', error, cause: 'why' },
    );
  });

  test('after the last retry, with ResultPath and Assign', async () => {
    const Catch = [
      { ErrorEquals: ['E'], ResultPath: '$.failure', Assign: { 'what.$': '$.Error' }, Next: 'Done' },
    ];
    const { result, events } = await runWorkflow(
      workflow({ Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }], Catch, OutputPath: '$.not.used' }),
      { input: { n: 1 }, tasks: fails('E') },
    );
    expect(result).toMatchObject({ output: { n: 1, failure: { Error: 'E', Cause: '' } } });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      ...Array(2).fill(['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionFailed']).flat(),
      'TaskStateExited',
      'SucceedStateEntered',
      'SucceedStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[8]?.details?.['assignedVariables']).toEqual({ what: '"E"' });
  });

  test('a catcher that fails itself fails the state', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $states.input.missing %}', Next: 'Done' }];
    const { result, events } = await runWorkflow(workflow({ QueryLanguage: 'JSONata', Catch }), {
      tasks: fails('E'),
    });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(events.at(-2)?.details).toMatchObject({ location: 'Catch[0]/Output' });
  });
});

test.each([
  [FUNCTION, FUNCTION, 'LambdaFunctionFailed'],
  ['arn:aws:states:::lambda:invoke', 'lambda', 'TaskFailed'],
])('a result of %s above 256 KB fails the task', async (Resource, name, type) => {
  const { result, events } = await runWorkflow(workflow({ Resource }), {
    tasks: runner(async () => 'é'.repeat(131_072)),
  });
  const cause = `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
  expect(result).toEqual({ status: 'FAILED', error: 'States.DataLimitExceeded', cause });
  expect(events.at(-2)?.type).toBe(type);
});

test.each([
  ['Task', { Parameters: { 'twice.$': "States.Format('{}{}', $.text, $.text)" } }],
  [
    'Map',
    {
      Type: 'Map',
      ItemsPath: '$.list',
      ItemSelector: { 'twice.$': "States.Format('{}{}', $.text, $.text)" },
    },
  ],
])('an input of %s above 256 KB after its template is States.DataLimitExceeded', async (_type, fields) => {
  const Catch = [{ ErrorEquals: ['States.DataLimitExceeded'], Next: 'Done' }];
  const ItemProcessor = { StartAt: 'I', States: { I: { Type: 'Pass', End: true } } };
  const { result } = await runWorkflow(
    'Type' in fields
      ? {
          StartAt: 'M',
          States: { M: { ...fields, ItemProcessor, Catch, Next: 'Done' }, Done: { Type: 'Succeed' } },
        }
      : workflow({ ...fields, Catch }),
    { input: { text: 'x'.repeat(200_000), list: [1] }, tasks: runner(async () => 'not called') },
  );
  expect(result).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'States.DataLimitExceeded' } });
});

test.each([-1, 100_000_000])('TimeoutSecondsPath to %d fails', async (seconds) => {
  const { result } = await runWorkflow(workflow({ TimeoutSecondsPath: '$.seconds' }), {
    input: { seconds },
    tasks: runner(async () => 'done'),
  });
  expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

test('a fault of the runner is not a failure of the workflow', async () => {
  const fault = new Error('the runner is broken');
  const tasks = runner(() => Promise.reject(fault));
  const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
  await expect(runWorkflow(workflow({ Catch }), { tasks })).rejects.toBe(fault);
});
