import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { type AppNames, pollUntil } from '@skyground/cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ImagePipelineDeclaration } from '../src/declaration.ts';
import { testImage } from '../src/test-image/test-image.ts';
import { delays } from '../src/wire/delays.ts';
import type { WorkflowInput } from '../src/wire/workflow-input.ts';
import { deployPipeline, resultsOf, startTestCloud, type TestCloud } from './support/test-cloud.ts';

const KEY = 'test-images/small.jpg';

let cloud: TestCloud;
let names: AppNames<ImagePipelineDeclaration>;

beforeAll(async () => {
  cloud = await startTestCloud();
  names = await deployPipeline(cloud.clients);
  const { s3 } = cloud.clients;
  const Bucket = names.buckets.images;
  const image = await testImage({ widthPx: 240, heightPx: 135 });
  await s3.send(new PutObjectCommand({ Bucket, Key: KEY, Body: image }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'bad.jpg', Body: 'not a picture' }));
});

afterAll(() => cloud.stop());

async function execute(session: string, about: Partial<WorkflowInput> = {}) {
  const { sfn } = cloud.clients;
  const image = { bucket: names.buckets.images, key: KEY };
  const { executionArn } = await sfn.send(
    new StartExecutionCommand({
      stateMachineArn: names.stateMachines.main.arn,
      input: JSON.stringify({ session, image, ...about }),
    }),
  );
  const look = () => sfn.send(new DescribeExecutionCommand({ executionArn }));
  const signal = new AbortController().signal;
  await pollUntil(async () => ({ done: (await look()).status !== 'RUNNING', progress: 0 }), {
    intervalMs: 50,
    quietMs: 50_000,
    signal,
  });
  return look();
}

describe('the pipeline under Step Functions', () => {
  it('publishes the same bytes in every session, whatever is delayed and however the image is passed', async () => {
    const late = delays('add', { thumbnail: 40, transform: 0, filters: 20, contour: 0 });
    const ended = await execute('first');
    expect([ended.status, ended.error, ended.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
    expect(await execute('second', { passing: 'inline', delays: late })).toMatchObject({
      status: 'SUCCEEDED',
      output: ended.output?.replaceAll('sessions/first/', 'sessions/second/'),
    });

    const of = (session: string) => resultsOf(cloud.clients, names.buckets.results, session);
    const [first, second] = [await of('first'), await of('second')];
    // Nineteen pictures, four strips, the contact sheet and the manifest.
    expect(first.size).toBe(25);
    expect(second).toEqual(first);
  });

  it('ends at once for a bad image, with the reason', async () => {
    const image = { bucket: names.buckets.images, key: 'bad.jpg' };
    const { status, error, cause } = await execute('bad', { image });
    expect([status, error]).toEqual(['FAILED', 'ImagingError']);
    expect(cause).toContain('bad.jpg: named .jpg but the content is plain text');
    expect(await resultsOf(cloud.clients, names.buckets.results, 'bad')).toEqual(new Map());
  });
});
