import { once } from 'node:events';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect, it, onTestFinished } from 'vitest';
import { LOCAL_REGION } from '../../src/index.ts';
import { spawnCloud } from '../support/cloud-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { ROLE, until } from './states-fixture.ts';

/** The cloud as a process of its own, and a client of it. */
async function startCloud(stateDir: string) {
  const cloud = spawnCloud(['--port', '0', '--state', stateDir, '--no-verify']);
  const client = new SFNClient({
    endpoint: await cloud.endpoint(),
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return { ...cloud, client };
}

async function history(client: SFNClient, executionArn: string) {
  const { events = [] } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
  return events;
}

/** Starts one that waits a minute and one that is quick, and returns once the first has come to its Wait and the other has ended. */
async function startExecutions(client: SFNClient, executionName: string) {
  const start = async (name: string, states: object) => {
    const definition = JSON.stringify({ StartAt: 'First', States: states });
    const { stateMachineArn } = await client.send(
      new CreateStateMachineCommand({ name, roleArn: ROLE, definition }),
    );
    const { executionArn = '' } = await client.send(
      new StartExecutionCommand({ stateMachineArn, name: executionName, input: '{"a":1}' }),
    );
    return executionArn;
  };
  const waiting = await start('waits', {
    First: { Type: 'Pass', Next: 'Minute' },
    Minute: { Type: 'Wait', Seconds: 60, End: true },
  });
  const quick = await start('quick', { First: { Type: 'Pass', End: true } });
  await until(async () => {
    expect(await history(client, waiting)).toHaveLength(4);
    expect((await client.send(new DescribeExecutionCommand({ executionArn: quick }))).status).toBe(
      'SUCCEEDED',
    );
  });
  return { waiting, quick };
}

async function expectInterrupted(client: SFNClient, executionArn: string) {
  const error = 'Skyground.CloudRestarted';
  const cause = expect.stringContaining('stopped or killed while this execution ran');
  const described = await client.send(new DescribeExecutionCommand({ executionArn }));
  expect(described).toMatchObject({ status: 'FAILED', error, cause, stopDate: expect.any(Date) });
  expect(await history(client, executionArn)).toMatchObject([
    { id: 1, type: 'ExecutionStarted' },
    { id: 2, type: 'PassStateEntered' },
    { id: 3, type: 'PassStateExited' },
    { id: 4, type: 'WaitStateEntered' },
    { id: 5, previousEventId: 4, type: 'ExecutionFailed', executionFailedEventDetails: { error, cause } },
  ]);
}

async function expectKept(client: SFNClient, executionArn: string) {
  const described = await client.send(new DescribeExecutionCommand({ executionArn }));
  expect(described).toMatchObject({ status: 'SUCCEEDED', output: '{"a":1}' });
  expect(await history(client, executionArn)).toHaveLength(4);
}

it('a cloud that is killed or stopped during a Wait says after its next start that the execution failed', async () => {
  const stateDir = temporaryFolder();
  const seen: { waiting: string; quick: string }[] = [];
  let cloud = await startCloud(stateDir);
  for (const signal of ['SIGKILL', 'SIGTERM'] as const) {
    seen.push(await startExecutions(cloud.client, signal));
    const exited = once(cloud.child, 'exit');
    cloud.child.kill(signal);
    await exited;
    expect((await cloud.finished).stderr).toBe('');
    cloud = await startCloud(stateDir);
    for (const { waiting, quick } of seen) {
      await expectInterrupted(cloud.client, waiting);
      await expectKept(cloud.client, quick);
    }
  }
});
