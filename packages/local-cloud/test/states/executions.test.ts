import {
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { advanceAfter, executionArn, functionArn, functions, startStates } from './states-fixture.ts';

const PASS = { Only: { Type: 'Pass', Result: { done: true }, End: true } };
const WAIT = { Long: { Type: 'Wait', Seconds: 60, End: true } };

describe('an execution', () => {
  it('is described with its input, output and times', async () => {
    const { create, start, ended } = await startStates();
    const stateMachineArn = await create(PASS);
    const arn = await start(stateMachineArn, { a: 1 }, 'first');
    expect(arn).toBe(executionArn('machine', 'first'));
    const execution = await ended(arn);
    expect(execution).toEqual({
      $metadata: expect.anything(),
      executionArn: arn,
      stateMachineArn,
      name: 'first',
      status: 'SUCCEEDED',
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
      input: '{"a":1}',
      inputDetails: { included: true },
      output: '{"done":true}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
    expect(execution.stopDate?.getTime()).toBeGreaterThanOrEqual(execution.startDate?.getTime() ?? 0);
  });

  it('started again by its name and input is the same while it runs; then the name is taken', async () => {
    const { client, create, start, types } = await startStates();
    const stateMachineArn = await create(WAIT);
    const first = await start(stateMachineArn, { a: 1 }, 'one');
    expect(await start(stateMachineArn, { a: 1 }, 'one')).toBe(first);
    expect((await types(first)).filter((type) => type === 'ExecutionStarted')).toHaveLength(1);
    const taken = { name: 'ExecutionAlreadyExists', message: `Execution Already Exists: '${first}'` };
    await expect(start(stateMachineArn, { a: 2 }, 'one')).rejects.toMatchObject(taken);
    await client.send(new StopExecutionCommand({ executionArn: first }));
    await expect(start(stateMachineArn, { a: 1 }, 'one')).rejects.toMatchObject(taken);
  });

  it('started twenty times at once by one name is one execution', async () => {
    const { create, start, client } = await startStates();
    const stateMachineArn = await create(WAIT);
    const arns = await Promise.all(Array.from({ length: 20 }, () => start(stateMachineArn, 1, 'one')));
    expect(new Set(arns).size).toBe(1);
    const { executions } = await client.send(new ListExecutionsCommand({ stateMachineArn }));
    expect(executions).toHaveLength(1);
  });

  // The messages as recorded.
  it.each([
    [
      'not some JSON',
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      "{'not': 'json'}",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    ],
    ['', 'Invalid execution input.'],
  ])('does not start with the input %j', async (input, complaint) => {
    const { client, create } = await startStates();
    const stateMachineArn = await create(PASS);
    await expect(client.send(new StartExecutionCommand({ stateMachineArn, input }))).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
      message: `Invalid State Machine Execution Input: '${complaint}'`,
    });
  });

  it.each([['2'], ['"text"'], ['null'], [' [1, 2] ']])('starts with the input %s', async (input) => {
    const { client, create, ended, history } = await startStates();
    const stateMachineArn = await create({ Only: { Type: 'Pass', End: true } });
    const { executionArn = '' } = await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    expect(await ended(executionArn)).toMatchObject({ input, output: JSON.stringify(JSON.parse(input)) });
    expect(await history(executionArn)).toHaveLength(4);
  });

  it('takes an input of 256 KB and not a byte more', async () => {
    const { client, create } = await startStates();
    const stateMachineArn = await create(WAIT);
    const input = JSON.stringify('ö'.repeat((256 * 1024 - 2) / 2));
    await client.send(new StartExecutionCommand({ stateMachineArn, input }));
    await expect(
      client.send(new StartExecutionCommand({ stateMachineArn, input: `${input} ` })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('Member must have length less than or equal to 262144'),
    });
  });

  it('that is not there is refused, and so is an ARN of another kind', async () => {
    const { describe: describeExecution, create } = await startStates();
    await create(PASS);
    const none = executionArn('machine', 'none');
    await expect(describeExecution(none)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${none}'`,
    });
    await expect(describeExecution('x')).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: x'",
    });
  });

  it('of a Standard machine cannot be synchronous', async () => {
    const { client, create } = await startStates();
    const stateMachineArn = await create(PASS);
    await expect(client.send(new StartSyncExecutionCommand({ stateMachineArn }))).rejects.toMatchObject({
      name: 'StateMachineTypeNotSupported',
      message: 'This operation is not supported by this type of state machine',
    });
  });
});

describe('StopExecution', () => {
  it('ends an execution at once, as recorded, and keeps error and cause', async () => {
    const { client, create, start, describe: describeExecution, history } = await startStates();
    const executionArn = await start(await create(WAIT));
    const { stopDate } = await client.send(
      new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'of waiting' }),
    );
    expect(await describeExecution(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'of waiting',
      stopDate,
    });
    expect((await history(executionArn)).slice(1)).toMatchObject([
      { id: 2, previousEventId: 0, type: 'WaitStateEntered' },
      {
        id: 3,
        previousEventId: 0,
        type: 'ExecutionAborted',
        executionAbortedEventDetails: { error: 'Enough', cause: 'of waiting' },
      },
    ]);
    // Of no effect on what has ended.
    const again = await client.send(new StopExecutionCommand({ executionArn, error: 'Other' }));
    expect(again.stopDate).toEqual(stopDate);
    expect(await describeExecution(executionArn)).toMatchObject({ error: 'Enough' });
  });

  it('gives up a task in hand', async () => {
    const asked = Promise.withResolvers<AbortSignal>();
    const { client, create, start } = await startStates({
      functions: functions((_function, _payload, signal) => {
        asked.resolve(signal);
        return new Promise(() => {});
      }),
    });
    const executionArn = await start(
      await create({ Call: { Type: 'Task', Resource: functionArn('hangs'), End: true } }),
    );
    const signal = await asked.promise;
    await client.send(new StopExecutionCommand({ executionArn }));
    expect(signal.aborted).toBe(true);
  });
});

describe('ListExecutions', () => {
  it('gives them newest first, in pages, by status', async () => {
    const { client, create, start, ended } = await startStates();
    const stateMachineArn = await create({
      Choose: {
        Type: 'Choice',
        Choices: [{ Variable: '$', BooleanEquals: true, Next: 'Good' }],
        Default: 'Bad',
      },
      Good: { Type: 'Succeed' },
      Bad: { Type: 'Fail', Error: 'Bad' },
    });
    for (const [index, good] of [true, false, true, false, true].entries()) {
      await ended(await start(stateMachineArn, good, `e${index}`));
    }
    const list = async (more: object) => {
      const answer = await client.send(new ListExecutionsCommand({ stateMachineArn, ...more }));
      return { names: answer.executions?.map(({ name }) => name), nextToken: answer.nextToken };
    };
    const first = await list({ maxResults: 2 });
    expect(first.names).toEqual(['e4', 'e3']);
    const second = await list({ maxResults: 3, nextToken: first.nextToken });
    expect(second).toEqual({ names: ['e2', 'e1', 'e0'], nextToken: undefined });
    expect((await list({ statusFilter: 'FAILED' })).names).toEqual(['e3', 'e1']);
    const some = await list({ statusFilter: 'SUCCEEDED', maxResults: 2 });
    expect(some.names).toEqual(['e4', 'e2']);
    expect((await list({ statusFilter: 'SUCCEEDED', nextToken: some.nextToken })).names).toEqual(['e0']);
    expect((await list({ statusFilter: 'RUNNING' })).names).toEqual([]);
    // As recorded.
    await expect(list({ statusFilter: 'succeeded' })).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    });
  });
});

describe('time', () => {
  it('is the clock of the cloud: a Wait ends when it says so', async () => {
    const clock = new ManualClock();
    const states = await startStates({ clock });
    const executionArn = await states.start(await states.create(WAIT));
    await advanceAfter(states, clock, executionArn, 'WaitStateEntered', 59_999);
    expect(await states.describe(executionArn)).toMatchObject({ status: 'RUNNING' });
    clock.advance(1);
    const { startDate, stopDate } = await states.ended(executionArn);
    expect((stopDate?.getTime() ?? 0) - (startDate?.getTime() ?? 0)).toBe(60_000);
    const [, entered, exited] = await states.history(executionArn);
    expect((exited?.timestamp?.getTime() ?? 0) - (entered?.timestamp?.getTime() ?? 0)).toBe(60_000);
  });

  it('a retry waits its interval and backs off', async () => {
    const clock = new ManualClock();
    let calls = 0;
    const states = await startStates({
      clock,
      functions: functions(async () => {
        calls += 1;
        const failed = { errorType: 'Unlucky', errorMessage: 'again' };
        return {
          payload: JSON.stringify(calls < 3 ? failed : 'at last'),
          isFunctionError: calls < 3,
          executedVersion: '$LATEST',
          requestId: 'r',
        };
      }),
    });
    const executionArn = await states.start(
      await states.create({
        Call: {
          Type: 'Task',
          Resource: functionArn('unlucky'),
          Retry: [{ ErrorEquals: ['Unlucky'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 2 }],
          End: true,
        },
      }),
    );
    await advanceAfter(states, clock, executionArn, 'LambdaFunctionFailed', 9_999);
    expect(calls).toBe(1);
    clock.advance(1);
    await expect
      .poll(async () => (await states.types(executionArn)).filter((type) => type === 'LambdaFunctionFailed'))
      .toHaveLength(2);
    clock.advance(29_999);
    expect(calls).toBe(2);
    clock.advance(1);
    expect(await states.ended(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"at last"' });
  });

  it('a machine that takes too long times out', async () => {
    const clock = new ManualClock();
    const states = await startStates({ clock });
    const executionArn = await states.start(await states.create(WAIT, {}, { TimeoutSeconds: 5 }));
    await advanceAfter(states, clock, executionArn, 'WaitStateEntered', 5_000);
    const { status, error, cause } = await states.ended(executionArn);
    // As recorded: no error, no cause.
    expect({ status, error, cause }).toEqual({ status: 'TIMED_OUT', error: undefined, cause: undefined });
    expect((await states.types(executionArn)).at(-1)).toBe('ExecutionTimedOut');
  });
});

describe('the history', () => {
  it('of an execution that runs is there as far as it came', async () => {
    const { create, start, types } = await startStates({ clock: new ManualClock() });
    const executionArn = await start(await create(WAIT));
    expect(await types(executionArn)).toEqual(['ExecutionStarted', 'WaitStateEntered']);
  });

  it('read in pages of any size, in either order, is the same history', { timeout: 60_000 }, async () => {
    const { client, create, run, history } = await startStates();
    const { executionArn = '' } = await run(
      await create({
        Each: {
          Type: 'Map',
          ItemProcessor: { StartAt: 'Only', States: PASS },
          End: true,
        },
      }),
      [1, 2, 3, 4, 5],
    );
    const whole = await history(executionArn);
    expect(whole.map(({ id }) => id)).toEqual(whole.map((_, index) => index + 1));
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: whole.length + 1 }),
        fc.boolean(),
        async (maxResults, reverseOrder) => {
          const read = [];
          let nextToken: string | undefined;
          do {
            const page = await client.send(
              new GetExecutionHistoryCommand({ executionArn, maxResults, reverseOrder, nextToken }),
            );
            expect(page.events?.length).toBeLessThanOrEqual(maxResults);
            read.push(...(page.events ?? []));
            ({ nextToken } = page);
          } while (nextToken !== undefined);
          expect(reverseOrder ? read.reverse() : read).toEqual(whole);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('without execution data lacks what went in and out, as recorded', async () => {
    const { client, create, run } = await startStates();
    const { executionArn = '' } = await run(await create(PASS), { secret: 1 });
    const { events = [] } = await client.send(
      new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }),
    );
    expect(
      events.map((event) =>
        Object.fromEntries(Object.entries(event).filter(([name]) => name.endsWith('EventDetails'))),
      ),
    ).toEqual([
      { executionStartedEventDetails: { roleArn: 'arn:aws:iam::000000000000:role/test' } },
      { stateEnteredEventDetails: { name: 'Only' } },
      { stateExitedEventDetails: { name: 'Only' } },
      { executionSucceededEventDetails: {} },
    ]);
  });

  it('refuses a token of another execution', async () => {
    const { client, create, run } = await startStates();
    const stateMachineArn = await create(PASS);
    const [{ executionArn: one }, { executionArn: other }] = [
      await run(stateMachineArn),
      await run(stateMachineArn),
    ];
    const page = await client.send(new GetExecutionHistoryCommand({ executionArn: one, maxResults: 1 }));
    await expect(
      client.send(new GetExecutionHistoryCommand({ executionArn: other, nextToken: page.nextToken })),
    ).rejects.toMatchObject({ name: 'InvalidToken' });
  });

  it('ends an execution with its 25,000th event', { timeout: 60_000 }, async () => {
    const { client, create, run } = await startStates();
    const { executionArn, ...execution } = await run(
      await create({
        Again: {
          Type: 'Choice',
          Choices: [{ Variable: '$.enough', IsPresent: true, Next: 'End' }],
          Default: 'Turn',
        },
        Turn: { Type: 'Pass', Next: 'Again' },
        End: { Type: 'Succeed' },
      }),
    );
    const cause = 'The execution reached the maximum number of history events (25000).';
    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Runtime', cause });
    const { events } = await client.send(
      new GetExecutionHistoryCommand({ executionArn, reverseOrder: true, maxResults: 1 }),
    );
    expect(events).toMatchObject([
      {
        id: 25_000,
        previousEventId: 24_999,
        type: 'ExecutionFailed',
        executionFailedEventDetails: { error: 'States.Runtime', cause },
      },
    ]);
  });
});
