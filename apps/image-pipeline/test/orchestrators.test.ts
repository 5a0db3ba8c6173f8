import { PutObjectCommand } from '@aws-sdk/client-s3';
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { JsonObject } from '@skyground/asl';
import { awaitResult, startWorkflow } from '@skyground/choreography';
import { type AppNames, pollUntil } from '@skyground/cloud';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ImagePipelineDeclaration } from '../src/declaration.ts';
import { testImage } from '../src/test-image/test-image.ts';
import { delays } from '../src/wire/delays.ts';
import type { WorkflowInput } from '../src/wire/workflow-input.ts';
import definition from '../src/workflow.asl.json' with { type: 'json' };
import { deployPipeline, resultsOf, startTestCloud, type TestCloud } from './support/test-cloud.ts';

const signal = new AbortController().signal;
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

/** Under Step Functions. */
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
  await pollUntil(async () => ({ done: (await look()).status !== 'RUNNING', progress: 0 }), {
    intervalMs: 50,
    quietMs: 50_000,
    signal,
  });
  return look();
}

/** Without an orchestrator. */
async function choreograph(mode: 'CLASSIC' | 'FUTURE_BASED', session: string, about: JsonObject) {
  const { dynamodb, lambda, s3 } = cloud.clients;
  const deployed = {
    definition,
    clients: { dynamodb, lambda, s3 },
    tableName: names.tables.main.name,
    bucketName: names.buckets.results,
    functionArns: Object.fromEntries(Object.entries(names.functions).map(([key, { arn }]) => [key, arn])),
  };
  const image = { bucket: names.buckets.images, key: KEY };
  const options = { mode, collectsGarbage: true, session, signal };
  await startWorkflow(deployed, { session, image, ...about }, options);
  return awaitResult(deployed, session, { signal });
}

const resultsIn = (session: string) => resultsOf(cloud.clients, names.buckets.results, session);

describe('the pipeline', () => {
  it('publishes the same bytes under every orchestrator, whatever is delayed and however the image is passed', async () => {
    const ended = await execute('reference');
    expect([ended.status, ended.error, ended.cause]).toEqual(['SUCCEEDED', undefined, undefined]);
    const reference = await resultsIn('reference');
    // Nineteen pictures, four strips, the contact sheet and the manifest.
    expect(reference.size).toBe(25);
    const outputOf = (session: string): unknown =>
      JSON.parse(ended.output?.replaceAll('sessions/reference/', `sessions/${session}/`) ?? '');

    const late = { delays: delays('add', { thumbnail: 40, transform: 0, filters: 20, contour: 0 }) };
    const inline = await execute('inline', { passing: 'inline', ...late });
    expect([inline.status, JSON.parse(inline.output ?? '')]).toEqual(['SUCCEEDED', outputOf('inline')]);
    expect(await resultsIn('inline')).toEqual(reference);

    expect(await choreograph('CLASSIC', 'classic', late)).toMatchObject({
      status: 'SUCCEEDED',
      output: outputOf('classic'),
    });
    expect(await resultsIn('classic')).toEqual(reference);
  });

  it('publishes in FUTURE_BASED what is there before the slowest branch has ended, and the same in the end', async () => {
    const slow = { delays: delays('add', { thumbnail: 0, transform: 0, filters: 0, contour: 3_000 }) };
    const result = await choreograph('FUTURE_BASED', 'future', slow);
    expect(result.status).toBe('SUCCEEDED');
    const results = await resultsIn('future');
    for (const [name, bytes] of await resultsIn('reference')) expect(results.get(name)).toEqual(bytes);
    const partial = results.get('partial/manifest.json')?.toString() ?? '';
    expect(JSON.parse(partial)).toMatchObject({
      branches: { thumbnail: {} },
      missing: expect.arrayContaining(['contour']),
    });
  });

  it('ends under Step Functions at once for a bad image, with the reason', async () => {
    const image = { bucket: names.buckets.images, key: 'bad.jpg' };
    const { status, error, cause } = await execute('bad', { image });
    expect([status, error]).toEqual(['FAILED', 'ImagingError']);
    expect(cause).toContain('bad.jpg: named .jpg but the content is plain text');
    expect(await resultsIn('bad')).toEqual(new Map());
  });
});
