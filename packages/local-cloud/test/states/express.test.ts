import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type CreateStateMachineCommandInput,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SFNClient,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { type States, startStates, until } from './states-fixture.ts';

const EXPRESS: Partial<CreateStateMachineCommandInput> = { type: 'EXPRESS' };
const ARN = /^arn:aws:states:us-east-1:000000000000:express:machine:([^:]+):([0-9a-f-]{36})$/;

const STATES = {
  Choose: {
    Type: 'Choice',
    Choices: [{ Variable: '$.fail', BooleanEquals: true, Next: 'Bad' }],
    Default: 'Good',
  },
  Good: { Type: 'Pass', Result: { Arg1: 'argument1' }, End: true },
  Bad: { Type: 'Fail', Error: 'SomeFailure', Cause: 'on purpose' },
};

async function logTo(states: States, level: 'ALL' | 'ERROR' | 'FATAL', includeExecutionData = true) {
  await states.logsClient.send(new CreateLogGroupCommand({ logGroupName: '/states/express' }));
  const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/states/express:*';
  const destinations = [{ cloudWatchLogsLogGroup: { logGroupArn } }];
  return { loggingConfiguration: { level, includeExecutionData, destinations } };
}

it('a synchronous execution answers with its output and what AWS would bill', async () => {
  const { create, runSync } = await startStates();
  const stateMachineArn = await create(STATES, EXPRESS);
  const good = await runSync(stateMachineArn, { fail: false });
  expect(good).toEqual({
    $metadata: expect.anything(),
    executionArn: expect.stringMatching(ARN),
    stateMachineArn,
    name: ARN.exec(good.executionArn ?? '')?.[1],
    status: 'SUCCEEDED',
    startDate: expect.any(Date),
    stopDate: expect.any(Date),
    input: '{"fail":false}',
    inputDetails: { included: true },
    output: '{"Arg1":"argument1"}',
    outputDetails: { included: true },
    billingDetails: { billedDurationInMilliseconds: expect.any(Number), billedMemoryUsedInMB: 64 },
  });
  expect(await runSync(stateMachineArn, { fail: true })).toMatchObject({
    status: 'FAILED',
    error: 'SomeFailure',
    cause: 'on purpose',
  });
});

it('bills whole steps of 100 ms', async () => {
  const clock = new ManualClock();
  const { create, runSync, environment } = await startStates({ clock });
  const stateMachineArn = await create({ Short: { Type: 'Wait', Seconds: 1, End: true } }, EXPRESS);
  const sleeps = countSleeps(clock);
  const running = runSync(stateMachineArn);
  await until(() => expect(sleeps()).toContain(1000));
  clock.advance(1001);
  const { billingDetails } = await running;
  expect(billingDetails?.billedDurationInMilliseconds).toBe(1100);
  expect(environment.clock).toBe(clock);
});

it('times out after five minutes', async () => {
  const clock = new ManualClock();
  const states = await startStates({ clock });
  const stateMachineArn = await states.create(
    { Long: { Type: 'Wait', Seconds: 301, End: true } },
    { ...EXPRESS, ...(await logTo(states, 'FATAL')) },
  );
  const sleeps = countSleeps(clock);
  const running = states.runSync(stateMachineArn);
  await until(() => expect(sleeps()).toContain(301_000));
  clock.advance(300_000);
  expect(await running).toMatchObject({ status: 'TIMED_OUT', error: 'States.Timeout' });
  expect(await states.logLines('/states/express')).toMatchObject([{ type: 'ExecutionTimedOut' }]);
});

it('is neither described nor listed nor stopped', async () => {
  const { client, create, start } = await startStates();
  const stateMachineArn = await create(STATES, EXPRESS);
  const executionArn = await start(stateMachineArn, { fail: false }, 'named');
  expect(executionArn).toMatch(ARN);
  for (const refused of [
    client.send(new DescribeExecutionCommand({ executionArn })),
    client.send(new GetExecutionHistoryCommand({ executionArn })),
    client.send(new StopExecutionCommand({ executionArn })),
  ]) {
    await expect(refused).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Resource type not valid in this context: express'",
    });
  }
  await expect(client.send(new ListExecutionsCommand({ stateMachineArn }))).rejects.toMatchObject({
    name: 'StateMachineTypeNotSupported',
    message: 'This operation is not supported by this type of state machine',
  });
});

it('logs its events in the shape of AWS', async () => {
  const states = await startStates();
  const stateMachineArn = await states.create(STATES, { ...EXPRESS, ...(await logTo(states, 'ALL')) });
  const { executionArn, startDate } = await states.runSync(stateMachineArn, { fail: false });
  const lines = await states.logLines('/states/express');
  expect(lines.map(({ id, type, previous_event_id }) => [id, type, previous_event_id])).toEqual([
    ['1', 'ExecutionStarted', '0'],
    ['2', 'ChoiceStateEntered', '0'],
    ['3', 'ChoiceStateExited', '2'],
    ['4', 'PassStateEntered', '3'],
    ['5', 'PassStateExited', '4'],
    ['6', 'ExecutionSucceeded', '5'],
  ]);
  const { logStreamName, ...first } = lines[0] ?? {};
  expect(logStreamName).toMatch(/^states\/machine\/\d{4}-\d{2}-\d{2}-\d{2}-\d{2}\/[0-9a-f]{8}$/);
  expect(first).toEqual({
    id: '1',
    type: 'ExecutionStarted',
    details: {
      input: '{"fail":false}',
      inputDetails: { truncated: false },
      roleArn: 'arn:aws:iam::000000000000:role/test',
    },
    previous_event_id: '0',
    event_timestamp: expect.stringMatching(/^\d{13}$/),
    execution_arn: executionArn,
    redrive_count: '0',
  });
  expect(Number(first.event_timestamp)).toBeGreaterThanOrEqual(startDate?.getTime() ?? 0);
});

it.each([
  ['ERROR', ['FailStateEntered', 'ExecutionFailed']],
  ['FATAL', ['ExecutionFailed']],
] as const)('at the level %s logs of a failure %j and of a success nothing', async (level, types) => {
  const states = await startStates();
  const stateMachineArn = await states.create(STATES, { ...EXPRESS, ...(await logTo(states, level, false)) });
  await states.runSync(stateMachineArn, { fail: false });
  await states.runSync(stateMachineArn, { fail: true });
  const lines = await states.logLines('/states/express');
  expect(lines.map(({ type }) => type)).toEqual(types);
  // As recorded without execution data: errors and causes stay.
  expect(lines.at(-1)?.details).toEqual({ error: 'SomeFailure', cause: 'on purpose' });
});

it('a Standard machine logs too if it is told to', async () => {
  const states = await startStates();
  const stateMachineArn = await states.create(STATES, await logTo(states, 'ALL', false));
  const { executionArn } = await states.run(stateMachineArn, { fail: false });
  const lines = await states.logLines('/states/express');
  expect(lines).toHaveLength(6);
  expect(lines[1]).toMatchObject({ execution_arn: executionArn, details: { name: 'Choose' } });
  expect(lines[1]?.details).toEqual({ name: 'Choose' });
});

it('the client finds the cloud only without its prefix of the host', async () => {
  const { create, clientConfig } = await startStates();
  const stateMachineArn = await create(STATES, EXPRESS);
  const prefixing = new SFNClient(clientConfig);
  await expect(prefixing.send(new StartSyncExecutionCommand({ stateMachineArn }))).rejects.toThrow();
  prefixing.destroy();
});

/** What the clock was asked to wait for since. */
function countSleeps(clock: ManualClock): () => readonly number[] {
  const asked: number[] = [];
  const sleep = clock.sleep.bind(clock);
  clock.sleep = (durationMs, signal) => {
    asked.push(durationMs);
    return sleep(durationMs, signal);
  };
  return () => asked;
}
