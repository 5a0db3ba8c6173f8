import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateFunctionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalCloud, startLocalCloud } from '../../src/index.ts';
import { functionZip } from '../support/function-zip.ts';
import { clientRunner, installed } from './installed.ts';

/** The AWS CLI, where this machine has it, and a real function behind the task. */
const clients = await installed('aws', ['--version'], /aws-cli\/\S+/);
const folder = mkdtempSync(join(tmpdir(), 'skyground-step-functions-'));
const TEST_TIMEOUT_MS = 120_000;
const ROLE = 'arn:aws:iam::000000000000:role/machine';
let cloud: LocalCloud;
let run: ReturnType<typeof clientRunner>;

beforeAll(async () => {
  cloud = await startLocalCloud({ stateDir: join(folder, 'state') });
  run = clientRunner(cloud, folder);
  const lambda = new LambdaClient({
    endpoint: cloud.endpoint,
    region: cloud.region,
    credentials: cloud.credentials,
  });
  const ZipFile = await functionZip(
    "export const handler = async ({ name }) => { if (name === undefined) throw new RangeError('no name'); return 'hello ' + name; };",
  );
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'greeter',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Code: { ZipFile },
    }),
  );
  lambda.destroy();
});

afterAll(async () => {
  await cloud?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const DEFINITION = JSON.stringify({
  StartAt: 'Greet',
  States: {
    Greet: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'greeter', 'Payload.$': '$' },
      OutputPath: '$.Payload',
      Catch: [{ ErrorEquals: ['RangeError'], Next: 'Nobody' }],
      End: true,
    },
    Nobody: { Type: 'Pass', Result: 'nobody', End: true },
  },
});

if (clients.length === 0) it('AWS CLI', ({ skip }) => skip('skipped: no working AWS CLI on this machine'));

it.concurrent.each(clients)(
  '$version creates a machine, runs it and reads its history',
  { timeout: TEST_TIMEOUT_MS },
  async (client) => {
    const sfn = async (operation: string, ...args: string[]) => {
      const flags = ['--endpoint-url', cloud.endpoint, '--output', 'json'];
      const output = await run(client, [...flags, 'stepfunctions', operation, ...args], { AWS_PAGER: '' });
      return output === '' ? undefined : JSON.parse(output);
    };
    const name = `machine-${client.version.replaceAll(/[^a-z0-9]+/g, '-')}`;
    const { stateMachineArn } = await sfn(
      'create-state-machine',
      ...['--name', name, '--role-arn', ROLE, '--definition', DEFINITION],
    );
    const { executionArn } = await sfn(
      'start-execution',
      ...['--state-machine-arn', stateMachineArn, '--input', '{}'],
    );
    const finished = async (): Promise<{ status: string; output: string }> => {
      const execution = await sfn('describe-execution', '--execution-arn', executionArn);
      return execution.status === 'RUNNING' ? finished() : execution;
    };
    expect(await finished()).toMatchObject({ status: 'SUCCEEDED', output: '"nobody"' });

    const { events } = await sfn(
      'get-execution-history',
      ...['--execution-arn', executionArn, '--max-items', '100', '--page-size', '3'],
    );
    expect(events.map(({ type }: { type: string }) => type)).toEqual([
      'ExecutionStarted',
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskFailed',
      'TaskStateExited',
      'PassStateEntered',
      'PassStateExited',
      'ExecutionSucceeded',
    ]);
    expect(events[4].taskFailedEventDetails).toMatchObject({
      error: 'RangeError',
      resource: 'invoke',
      resourceType: 'lambda',
    });
    expect(JSON.parse(events[4].taskFailedEventDetails.cause)).toMatchObject({ errorMessage: 'no name' });
    for (const { timestamp } of events) expect(String(timestamp)).toMatch(/\.\d{1,6}(\+00:00|Z)?$/);
  },
);
