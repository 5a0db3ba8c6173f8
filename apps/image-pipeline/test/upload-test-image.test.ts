import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { decodeImage } from '@skyground/imaging';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startTestCloud, type TestCloud } from './support/test-cloud.ts';

const CLI = fileURLToPath(new URL('../src/test-image/cli.ts', import.meta.url));
const KEY = 'test-images/sample-1920x1080.jpg';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.clients.s3.send(new CreateBucketCommand({ Bucket: 'my-bucket' }));
});

afterAll(() => cloud.stop());

/** Runs the command as a person does, against the cloud of this test. */
async function upload(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, '--state', cloud.stateDir, ...args], {
    env: { PATH: process.env['PATH'], INIT_CWD: cloud.stateDir, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { exitCode, stdout, stderr };
}

it('uploads the picture to TEST_BUCKET and TEST_KEY, and again over its own', async () => {
  const first = await upload({ TEST_BUCKET: 'my-bucket', TEST_KEY: 'lake.jpg' });
  const again = await upload({ TEST_KEY: 'lake.jpg' }, '--input-bucket', 'my-bucket');
  expect(again).toEqual(first);
  expect(first).toEqual({
    exitCode: 0,
    stdout: expect.stringMatching(
      /^Uploaded 1920 x 1080, [\d,]+ bytes, to s3:\/\/my-bucket\/lake\.jpg on cloud \(local\)\.\n$/,
    ),
    stderr: '',
  });
  const { Body } = await cloud.clients.s3.send(
    new GetObjectCommand({ Bucket: 'my-bucket', Key: 'lake.jpg' }),
  );
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const { format, image } = await decodeImage(bytes, { name: 'lake.jpg' });
  expect([format, image.widthPx, image.heightPx]).toEqual(['jpeg', 1920, 1080]);
});

it('needs the bucket of the deployment where none is named', async () => {
  const declared = 'skyground-image-pipeline-images-000000000000-us-east-1';
  const missing = await upload({});
  expect([missing.exitCode, missing.stderr]).toEqual([
    2,
    expect.stringContaining(`has no bucket ${declared}. Deploy first`),
  ]);
  await cloud.clients.s3.send(new CreateBucketCommand({ Bucket: declared }));
  expect((await upload({})).stdout).toContain(`to s3://${declared}/${KEY} on`);
});

it("leaves a person's own object alone", async () => {
  const precious = { Bucket: 'my-bucket', Key: 'mine.jpg', Body: 'precious' };
  await cloud.clients.s3.send(new PutObjectCommand(precious));
  const { exitCode, stderr } = await upload({ TEST_BUCKET: 'my-bucket', TEST_KEY: 'mine.jpg' });
  expect([exitCode, stderr]).toEqual([
    2,
    's3://my-bucket/mine.jpg: expected nothing, or a test image that this command uploaded, but another object is there. Choose another TEST_KEY.\n',
  ]);
});

it('refuses flags that it does not have', async () => {
  expect((await upload({}, '--bucket', 'x')).exitCode).toBe(2);
});
