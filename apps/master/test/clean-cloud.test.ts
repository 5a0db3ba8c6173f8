import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import {
  inputKey,
  MERGED_METRICS_KEY,
  outputKey,
  partKey,
  RUN_METADATA_NAME,
} from '@skyground/image-processor';
import { describe, expect, it } from 'vitest';
import { planCloudCleaning } from '../src/clean-cloud.ts';
import type { MasterEvent } from '../src/events.ts';
import { cloudWithBuckets } from './cloud-with-buckets.ts';

const runId = 'skyground-20261121T063000Z-1f2e';
const image = { kind: 'input', runId, repetition: 1, image: 'a.jpg' } as const;

async function buckets() {
  const cloud = await cloudWithBuckets();
  const { clients, names } = cloud.side;
  const events: MasterEvent[] = [];
  const signal = new AbortController().signal;
  return {
    names,
    events,
    plan: () =>
      planCloudCleaning({ cloud: async () => cloud.side, signal, emit: (event) => events.push(event) }),
    put: (Bucket: string, Key: string, Metadata: Record<string, string> = {}) =>
      clients.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'x', Metadata })),
    keys: async (Bucket: string) =>
      ((await clients.s3.send(new ListObjectsV2Command({ Bucket }))).Contents ?? []).map(({ Key }) => Key),
    [Symbol.asyncDispose]: () => cloud[Symbol.asyncDispose](),
  };
}

describe('cleaning a person’s own buckets', () => {
  it('deletes objects of runs and the merged file, and nothing else', async () => {
    await using place = await buckets();
    const { input: inputBucket, output: outputBucket } = place.names.buckets;
    await place.put(inputBucket, inputKey(image));
    await place.put(inputBucket, 'skyground-notes.txt');
    await place.put(inputBucket, 'skyground-holiday/beach.jpg');
    await place.put(outputBucket, outputKey(image));
    await place.put(outputBucket, partKey(image, '0055'));
    await place.put(outputBucket, MERGED_METRICS_KEY, { [RUN_METADATA_NAME]: runId });
    await place.put(outputBucket, 'metrics/mine.csv');

    const plan = await place.plan();
    expect(plan.foreign).toEqual([]);
    expect(await plan.remove()).toBe(4);

    expect(await place.keys(inputBucket)).toEqual(['skyground-holiday/beach.jpg', 'skyground-notes.txt']);
    expect(await place.keys(outputBucket)).toEqual(['metrics/mine.csv']);
    expect(place.events).toEqual([]);
  });

  it('asks about a merged file that another program wrote', async () => {
    await using place = await buckets();
    await place.put(place.names.buckets.output, MERGED_METRICS_KEY);
    expect((await place.plan()).foreign).toMatchObject([{ place: `s3://my-results/${MERGED_METRICS_KEY}` }]);
  });

  it('waits until the events that a stopped run left behind are through, and removes what they wrote', async () => {
    await using place = await buckets();
    const { input: inputBucket, output: outputBucket } = place.names.buckets;
    await place.put(inputBucket, inputKey(image));
    const removed = (await place.plan()).remove();
    // The late event finds its input gone: an error part is all that comes of it.
    await expect
      .poll(() => place.events, { timeout: 5000 })
      .toMatchObject([{ type: 'log', message: expect.stringContaining('waiting for 1 events') }]);
    await place.put(outputBucket, partKey(image, '0055'));
    expect(await removed).toBe(2);
    expect(await place.keys(outputBucket)).toEqual([]);
  });
});
