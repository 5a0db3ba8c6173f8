import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  ListObjectsV2Command,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { deploy, destroy } from '@skyground/cloud';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  type ImageProcessorDeclaration,
  inputKey,
  MERGED_METRICS_KEY,
  outputKey,
  writeMergedMetrics,
} from '../src/index.ts';
import { quickDeclarationFor, startTestCloud, type TestCloud } from './support/test-cloud.ts';

const RUN = 'skyground-20261121T101500Z-0af3';
const signal = new AbortController().signal;

let cloud: TestCloud;
let declaration: ImageProcessorDeclaration;

beforeEach(async () => {
  cloud = await startTestCloud();
  for (const Bucket of ['my-photos', 'my-results'])
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket }));
  declaration = quickDeclarationFor(cloud.clients, { inputBucket: 'my-photos', outputBucket: 'my-results' });
});

afterEach(async () => {
  await cloud.stop();
});

async function put(Bucket: string, Key: string): Promise<void> {
  await cloud.clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x' }));
}

async function keysOf(Bucket: string): Promise<readonly (string | undefined)[]> {
  return ((await cloud.clients.s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(
    ({ Key }) => Key,
  );
}

async function notificationIds(): Promise<readonly (string | undefined)[]> {
  const found = await cloud.clients.s3.send(
    new GetBucketNotificationConfigurationCommand({ Bucket: 'my-photos' }),
  );
  return (found.LambdaFunctionConfigurations ?? []).map(({ Id }) => Id);
}

describe("a person's own buckets", () => {
  it('stay, with everything in them that is not the tool’s', async () => {
    await deploy(declaration, cloud.clients, { signal });
    await put('my-photos', inputKey({ runId: RUN, repetition: 1, image: 'a.jpg' }));
    await put('my-photos', 'skyground-notes.txt');
    await put('my-photos', 'holiday/a.jpg');
    await put('my-results', outputKey({ kind: 'input', runId: RUN, repetition: 1, image: 'a.jpg' }));
    await put('my-results', 'metrics/mine.csv');
    await writeMergedMetrics({
      clients: cloud.clients,
      outputBucket: 'my-results',
      runId: RUN,
      records: [],
      signal,
    });

    const { steps } = await destroy(declaration, cloud.clients, { signal });

    expect(await keysOf('my-photos')).toEqual(['holiday/a.jpg', 'skyground-notes.txt']);
    expect(await keysOf('my-results')).toEqual(['metrics/mine.csv']);
    expect(
      steps.filter(({ type }) => type.endsWith('bucket')).map(({ name, detail }) => `${name}: ${detail}`),
    ).toEqual([
      'my-results: 2 objects of this tool; the bucket stays',
      'my-photos: 1 objects of this tool; the bucket stays',
    ]);
    expect((await destroy(declaration, cloud.clients, { signal })).changed).toBe(false);
  });

  it('keep a metrics file that the tool did not write', async () => {
    await deploy(declaration, cloud.clients, { signal });
    await put('my-results', MERGED_METRICS_KEY);
    await destroy(declaration, cloud.clients, { signal });

    expect(await keysOf('my-results')).toEqual([MERGED_METRICS_KEY]);
  });

  it('keep their other notifications, through deploy and destroy', async () => {
    const first = await deploy(declaration, cloud.clients, { signal });
    const theirs = {
      Id: 'theirs',
      LambdaFunctionArn: first.names.functions.main.arn,
      Events: ['s3:ObjectCreated:Put' as const],
      Filter: { Key: { FilterRules: [{ Name: 'prefix' as const, Value: 'holiday/' }] } },
    };
    await cloud.clients.s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket: 'my-photos',
        NotificationConfiguration: { LambdaFunctionConfigurations: [theirs] },
      }),
    );

    const second = await deploy(declaration, cloud.clients, { signal });
    expect(second.steps.filter(({ outcome }) => outcome !== 'unchanged').map(({ type }) => type)).toEqual([
      'notification',
    ]);
    expect(await notificationIds()).toEqual(['theirs', 'skyground-image-processor']);
    expect((await deploy(declaration, cloud.clients, { signal })).changed).toBe(false);

    await destroy(declaration, cloud.clients, { signal });
    expect(await notificationIds()).toEqual(['theirs']);
  });

  it('must exist', async () => {
    const missing = quickDeclarationFor(cloud.clients, {
      inputBucket: 'not-there',
      outputBucket: 'my-results',
    });

    await expect(deploy(missing, cloud.clients, { signal })).rejects.toThrow(
      /--input-bucket: bucket not-there does not exist/,
    );
  });
});
