import { once } from 'node:events';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  InvokeCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect, it, onTestFinished, vi } from 'vitest';
import { LOCAL_REGION } from '../../src/index.ts';
import { processIdentity } from '../../src/process/process-identity.ts';
import { spawnCloud } from '../support/cloud-process.ts';
import { functionZip } from '../support/function-zip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/**
 * Records in the bucket `output` what it was called for, but only once the object `gate` is there: until then no event can
 * finish, so that all of them are outstanding when the cloud is killed. (The cloud of this test takes unsigned requests.)
 */
const HANDLER = `
const out = process.env.AWS_ENDPOINT_URL + '/output/';
export const handler = async (event) => {
  while (!(await fetch(out + 'gate')).ok) await new Promise((resolve) => setTimeout(resolve, 20));
  const names = event.Records?.map((record) => 'object-' + record.s3.object.key) ?? ['invoke-' + event.id];
  for (const name of names) {
    const answer = await fetch(out + name, { method: 'PUT', body: name });
    if (!answer.ok) throw new Error(await answer.text());
  }
  return process.pid;
};`;

const functionArn = `arn:aws:lambda:${LOCAL_REGION}:000000000000:function:recorder`;
const ACKNOWLEDGED_BEFORE_KILL = 30;
const WRITERS = 6;

async function startCloud(stateDir: string) {
  const cloud = spawnCloud(['--port', '0', '--state', stateDir, '--no-verify']);
  const config = {
    endpoint: await cloud.endpoint(),
    region: LOCAL_REGION,
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    maxAttempts: 1,
  };
  const s3 = new S3Client(config);
  const lambda = new LambdaClient(config);
  onTestFinished(() => {
    s3.destroy();
    lambda.destroy();
  });
  return { s3, lambda, ...cloud };
}

type Cloud = Awaited<ReturnType<typeof startCloud>>;

async function deploy({ s3, lambda }: Cloud): Promise<void> {
  for (const Bucket of ['input', 'output']) await s3.send(new CreateBucketCommand({ Bucket }));
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'recorder',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/recorder',
      Timeout: 300,
      Code: { ZipFile: await functionZip(HANDLER) },
    }),
  );
  await lambda.send(
    new AddPermissionCommand({
      FunctionName: 'recorder',
      StatementId: 's3',
      Action: 'lambda:InvokeFunction',
      Principal: 's3.amazonaws.com',
      SourceArn: 'arn:aws:s3:::input',
    }),
  );
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket: 'input',
      NotificationConfiguration: {
        LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn, Events: ['s3:ObjectCreated:*'] }],
      },
    }),
  );
}

const contentOf = (key: string) => `content of ${key} `.repeat(2_000);

/** Puts objects and invokes, several at a time, until the cloud is gone; killed once enough was acknowledged. */
async function writeUntilKilled(cloud: Cloud, round: number, acknowledged: Set<string>): Promise<void> {
  const before = acknowledged.size;
  const acknowledge = (name: string) => {
    acknowledged.add(name);
    if (acknowledged.size - before >= ACKNOWLEDGED_BEFORE_KILL) cloud.child.kill('SIGKILL');
  };
  const writer = async (worker: number) => {
    for (let index = 0; ; index += 1) {
      const id = `${round}.${worker}.${index}`;
      await cloud.s3.send(new PutObjectCommand({ Bucket: 'input', Key: id, Body: contentOf(id) }));
      acknowledge(`object-${id}`);
      const Payload = JSON.stringify({ id });
      await cloud.lambda.send(
        new InvokeCommand({ FunctionName: 'recorder', InvocationType: 'Event', Payload }),
      );
      acknowledge(`invoke-${id}`);
    }
  };
  const exited = once(cloud.child, 'exit');
  const writers = await Promise.allSettled(Array.from({ length: WRITERS }, (_, worker) => writer(worker)));
  expect(writers.map((result) => result.status)).toEqual(Array.from({ length: WRITERS }, () => 'rejected'));
  expect(await exited).toEqual([null, 'SIGKILL']);
}

async function keysOf({ s3 }: Cloud, Bucket: string): Promise<string[]> {
  const { Contents = [], IsTruncated } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(IsTruncated).toBe(false);
  return Contents.map((object) => object.Key ?? '');
}

it('killed twice while it was written to, it loses no acknowledged object and no accepted event', {
  timeout: 60_000,
}, async () => {
  const stateDir = temporaryFolder();
  const acknowledged = new Set<string>();
  const first = await startCloud(stateDir);
  await deploy(first);
  await writeUntilKilled(first, 1, acknowledged);
  await writeUntilKilled(await startCloud(stateDir), 2, acknowledged);

  const survivor = await startCloud(stateDir);
  const stored = await keysOf(survivor, 'input');
  const promised = [...acknowledged]
    .filter((name) => name.startsWith('object-'))
    .map((name) => name.slice('object-'.length));
  expect(stored).toEqual(expect.arrayContaining(promised));
  // What was not acknowledged may be there or not, but never in part.
  for (const Key of stored) {
    const { Body } = await survivor.s3.send(new GetObjectCommand({ Bucket: 'input', Key }));
    expect(await Body?.transformToString()).toBe(contentOf(Key));
  }

  expect(await keysOf(survivor, 'output')).toEqual([]);
  await survivor.s3.send(new PutObjectCommand({ Bucket: 'output', Key: 'gate', Body: 'open' }));
  await vi.waitFor(
    async () => expect(await keysOf(survivor, 'output')).toEqual(expect.arrayContaining([...acknowledged])),
    { timeout: 45_000, interval: 200 },
  );
  survivor.child.kill('SIGTERM');
  expect(await survivor.finished).toMatchObject({ exitCode: 143, stderr: '' });
});

it('killed, it takes its execution environments with it, frozen as they are', async () => {
  const stateDir = temporaryFolder();
  const cloud = await startCloud(stateDir);
  await deploy(cloud);
  await cloud.s3.send(new PutObjectCommand({ Bucket: 'output', Key: 'gate', Body: 'open' }));
  const { Payload } = await cloud.lambda.send(
    new InvokeCommand({ FunctionName: 'recorder', Payload: '{"id":1}' }),
  );
  const pid = Number(Payload?.transformToString());
  expect(processIdentity(pid)).toEqual(expect.any(String));

  cloud.child.kill('SIGKILL');
  await cloud.finished;
  await vi.waitFor(() => expect(processIdentity(pid)).toBeUndefined(), { timeout: 5_000 });
});
