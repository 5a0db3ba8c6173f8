import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, it } from 'vitest';
import { executionArn, machineArn, startStates, until } from './states-fixture.ts';
import { call, outcome } from './task-outcome.ts';

describe('another machine', () => {
  const start = (pattern: string, more: object = {}) =>
    call(`arn:aws:states:::states:startExecution${pattern}`, {
      StateMachineArn: machineArn('child'),
      Name: 'started',
      'Input.$': '$',
      ...more,
    });
  const child = executionArn('child', 'started');

  async function startWith(childStates: Record<string, unknown>) {
    const states = await startStates();
    await states.create(childStates, { name: 'child' });
    return states;
  }
  const quick = { Only: { Type: 'Pass', Result: { Arg1: 'argument1' }, End: true } };

  it('is started and not waited for', async () => {
    const states = await startWith({ Long: { Type: 'Wait', Seconds: 3600, End: true } });
    const { output } = await outcome(states, start(''), { a: 1 });
    expect(output).toMatchObject({
      ExecutionArn: child,
      StartDate: expect.any(Number),
      SdkHttpMetadata: { HttpStatusCode: 200 },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(await states.describe(child)).toMatchObject({ status: 'RUNNING', input: '{"a":1}' });
  });

  it.each([
    ['.sync', '{"a":1}', '{"Arg1":"argument1"}'],
    ['.sync:2', { a: 1 }, { Arg1: 'argument1' }],
  ])('%s is waited for', async (pattern, Input, Output) => {
    const states = await startWith(quick);
    const { output, events } = await outcome(states, start(pattern), { a: 1 });
    expect(output).toEqual({
      ExecutionArn: child,
      Input,
      InputDetails: { Included: true },
      Name: 'started',
      Output,
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: expect.any(Number),
      StateMachineArn: machineArn('child'),
      Status: 'SUCCEEDED',
      StopDate: expect.any(Number),
    });
    expect(events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskSucceeded',
      'TaskStateExited',
      'ExecutionSucceeded',
    ]);
  });

  it('that fails fails the task with what DescribeExecution says', async () => {
    const states = await startWith({ Bad: { Type: 'Fail', Error: 'Sad', Cause: 'on purpose' } });
    const failed = await outcome(states, start('.sync:2'));
    expect(failed.error).toBe('States.TaskFailed');
    expect(JSON.parse(failed.cause ?? '')).toMatchObject({
      Error: 'Sad',
      Cause: 'on purpose',
      ExecutionArn: child,
      Input: '{}',
      RedriveStatus: 'REDRIVABLE',
      Status: 'FAILED',
    });
  });

  it('that is not there is named as recorded', async () => {
    const states = await startStates();
    const failed = await outcome(states, start(''));
    expect(failed.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(failed.cause).toMatch(
      /^State Machine Does Not Exist: '\S+:child' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: \S+; Proxy: null\)$/,
    );
  });

  it('ends with the execution that waits for it', async () => {
    const states = await startWith({ Long: { Type: 'Wait', Seconds: 3600, End: true } });
    const parent = await states.start(await states.create(start('.sync')));
    await until(async () => expect(await states.types(parent)).toContain('TaskSubmitted'));
    await states.client.send(new StopExecutionCommand({ executionArn: parent }));
    expect(await states.ended(child)).toMatchObject({ status: 'ABORTED' });
  });

  it('by aws-sdk, with JSON as its input, as recorded', async () => {
    const states = await startWith(quick);
    const { output } = await outcome(
      states,
      call('arn:aws:states:::aws-sdk:sfn:startExecution', {
        StateMachineArn: machineArn('child'),
        Name: 'started',
        Input: { key: 'value' },
      }),
    );
    expect(output).toEqual({
      ExecutionArn: child,
      StartDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T.*Z$/),
    });
    expect(await states.ended(child)).toMatchObject({ input: '{"key":"value"}' });
  });
});
