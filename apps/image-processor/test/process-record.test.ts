import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { processImage } from '@skyground/imaging';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { collectParts, inputKey, outputKey, type Part, warmupKey } from '../src/index.ts';
import { processRecord, type RecordContext, type RecordOutcome } from '../src/process-record.ts';
import { DEFAULT_PROCESSING } from '../src/processing.ts';
import type { S3EventRecord } from '../src/s3-event.ts';
import { eventRecord } from './support/event.ts';
import { startTestCloud, type TestCloud } from './support/test-cloud.ts';
import { tinyJpeg } from './support/tiny-image.ts';

const signal = new AbortController().signal;
const EVENT_TIME_MS = Date.parse('2026-11-21T10:15:00.000Z');

let cloud: TestCloud;
let jpeg: Buffer;
let runs = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
  jpeg = await tinyJpeg(1);
  for (const Bucket of ['in', 'out'].map(bucketName))
    await cloud.clients.s3.send(new CreateBucketCommand({ Bucket }));
});

afterAll(async () => {
  await cloud.stop();
});

function bucketName(side: string): string {
  return `record-${side}`;
}

/** A run that no other test of this file shares. */
function newRunId(): string {
  runs += 1;
  return `skyground-20261121T101500Z-${runs.toString(16).padStart(4, '0')}`;
}

async function upload(key: string, body: Buffer): Promise<S3EventRecord> {
  const { ETag = '' } = await cloud.clients.s3.send(
    new PutObjectCommand({ Bucket: bucketName('in'), Key: key, Body: body }),
  );
  return eventRecord({ bucket: bucketName('in'), key, eTag: ETag, sizeBytes: body.byteLength });
}

function process(record: S3EventRecord, about: Partial<RecordContext> = {}): Promise<RecordOutcome> {
  return processRecord(record, {
    s3: cloud.clients.s3,
    outputBucket: bucketName('out'),
    processing: DEFAULT_PROCESSING,
    environmentId: 'environment-1',
    requestId: 'request-1',
    cold: true,
    maxInputBytes: 1_000_000,
    stopwatch: { startedAtMs: EVENT_TIME_MS + 40, nowMs: () => EVENT_TIME_MS + 140 },
    ...about,
  });
}

function partsOf(runId: string, kind: 'input' | 'warmup' = 'input'): Promise<readonly Part[]> {
  return collectParts({ clients: cloud.clients, outputBucket: bucketName('out'), runId, signal, kind });
}

describe('an uploaded image', () => {
  it.each(['a.jpg', 'with blank + plus & "quotes" %41.jpg', 'Größe/日本 🛰.jpg', 'a?b#c.jpg'])(
    'named %s becomes the same bytes as on the ground, and one row',
    async (image) => {
      const runId = newRunId();
      const outcome = await process(await upload(inputKey({ runId, repetition: 3, image }), jpeg));

      expect(outcome).toBe('processed');
      const expected = await processImage(jpeg, { name: image });
      const stored = await cloud.clients.s3.send(
        new GetObjectCommand({
          Bucket: bucketName('out'),
          Key: outputKey({ kind: 'input', runId, repetition: 3, image }),
        }),
      );
      expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? [])).toEqual(expected.data);
      expect(stored.ContentType).toBe('image/jpeg');

      const [part, ...more] = await partsOf(runId);
      expect(more).toEqual([]);
      expect(part).toMatchObject({
        image,
        runId,
        repetition: 3,
        status: 'ok',
        error: null,
        source: 'cloud',
        originalSizeBytes: jpeg.byteLength,
        newSizeBytes: expected.data.byteLength,
        outputWidthPx: 800,
        outputHeightPx: 600,
        queueDelayMs: 40,
        endToEndMs: 140,
        timestamp: '2026-11-21T10:15:00.140Z',
        environmentId: 'environment-1',
        requestId: 'request-1',
        cold: true,
        initMs: null,
        billedMs: null,
      });
    },
  );

  it('delivered twice leaves the first row as it was', async () => {
    const runId = newRunId();
    const record = await upload(inputKey({ runId, repetition: 1, image: 'a.jpg' }), jpeg);
    expect(await process(record, { requestId: 'first' })).toBe('processed');
    expect(await process(record, { requestId: 'second' })).toBe('duplicate');

    expect((await partsOf(runId)).map(({ requestId }) => requestId)).toEqual(['first']);
  });

  it('overwritten before it was read is left to the event of the later upload', async () => {
    const runId = newRunId();
    const key = inputKey({ runId, repetition: 1, image: 'a.jpg' });
    const earlier = await upload(key, jpeg);
    await upload(key, await tinyJpeg(2));

    expect(await process(earlier)).toBe('superseded');
    expect(await partsOf(runId)).toEqual([]);
  });

  it('deleted before it was read is an error row', async () => {
    const runId = newRunId();
    const key = inputKey({ runId, repetition: 1, image: 'a.jpg' });
    const record = await upload(key, jpeg);
    await cloud.clients.s3.send(new DeleteObjectCommand({ Bucket: bucketName('in'), Key: key }));

    expect(await process(record)).toBe('refused');
    expect(await partsOf(runId)).toMatchObject([
      { status: 'error', error: expect.stringMatching(/^missing: a\.jpg: /), newSizeBytes: null },
    ]);
  });

  it.each([
    ['truncated', 'a.jpg', () => jpeg.subarray(0, jpeg.byteLength / 2)],
    ['empty', 'a.jpg', () => Buffer.alloc(0)],
    ['not-an-image', 'a.bin', () => Buffer.from('no image at all')],
  ])('that is %s is an error row with the words of the ground', async (code, image, body) => {
    const runId = newRunId();
    const record = await upload(inputKey({ runId, repetition: 1, image }), body());

    expect(await process(record)).toBe('refused');
    const onTheGround = await processImage(body(), { name: image }).catch((error: unknown) => error);
    expect(onTheGround).toMatchObject({ code });
    const text = onTheGround instanceof Error ? onTheGround.message : '';
    expect(await partsOf(runId)).toMatchObject([
      {
        status: 'error',
        error: `${code}: ${text}`,
        originalSizeBytes: body().byteLength,
        processingTimeMs: null,
      },
    ]);
  });

  it('larger than the memory allows is refused without being read', async () => {
    const runId = newRunId();
    const record = await upload(inputKey({ runId, repetition: 1, image: 'a.jpg' }), jpeg);

    expect(await process(record, { maxInputBytes: 10 })).toBe('refused');
    expect(await partsOf(runId)).toMatchObject([
      { error: expect.stringMatching(/^too-large: a\.jpg: expected at most 10 bytes/), downloadMs: null },
    ]);
  });

  it('that meets a fault of the cloud throws, so that Lambda tries again, and leaves no row', async () => {
    const runId = newRunId();
    const record = await upload(inputKey({ runId, repetition: 1, image: 'a.jpg' }), jpeg);

    await expect(process(record, { outputBucket: 'record-not-there' })).rejects.toThrow();
    expect(await partsOf(runId)).toEqual([]);
  });

  it('of a warm-up leaves its row apart', async () => {
    const runId = newRunId();
    expect(await process(await upload(warmupKey({ runId, index: 0, image: 'a.jpg' }), jpeg))).toBe(
      'processed',
    );

    expect(await partsOf(runId)).toEqual([]);
    expect(await partsOf(runId, 'warmup')).toHaveLength(1);
  });
});

describe('an object that is not an input of the tool', () => {
  it.each(['skyground-notes.txt', 'skyground-20261121T101500Z-0af3/out/1/a.jpg.jpg'])(
    'is ignored: %s',
    async (key) => {
      expect(await process(await upload(key, jpeg))).toBe('ignored');
    },
  );
});
