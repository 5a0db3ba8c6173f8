import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { deploy, destroy } from '@skyground/cloud';
import { processImage } from '@skyground/imaging';
import { collectMetrics } from '@skyground/metrics';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import {
  collectParts,
  type ImageProcessorNames,
  inputKey,
  MERGED_METRICS_KEY,
  mergeParts,
  outputKey,
  type Part,
  parseInputKey,
  writeMergedMetrics,
} from '../src/index.ts';
import { eventRecord } from './support/event.ts';
import { listEverything } from './support/listing.ts';
import { declarationFor, startTestCloud, type TestCloud } from './support/test-cloud.ts';
import { tinyJpeg } from './support/tiny-image.ts';

const RUN = 'skyground-20261121T101500Z-0af3';
const IMAGES = 100;
const REPETITIONS = 2;
const DUPLICATES = 20;
const ENVIRONMENTS = 8;
const signal = new AbortController().signal;

let cloud: TestCloud;
let names: ImageProcessorNames;

beforeAll(async () => {
  cloud = await startTestCloud();
  const declaration = declarationFor(cloud.clients, { memoryMb: 512, reservedConcurrency: ENVIRONMENTS });
  ({ names } = await deploy(declaration, cloud.clients, { signal }));
}, 60_000);

afterAll(async () => {
  await cloud.stop();
});

interface Upload {
  readonly image: string;
  readonly repetition: number;
  readonly body: Buffer;
  readonly eTag: string;
}

async function upload(image: string, repetition: number, body: Buffer): Promise<Upload> {
  const Key = inputKey({ runId: RUN, repetition, image });
  const { ETag = '' } = await cloud.clients.s3.send(
    new PutObjectCommand({ Bucket: names.buckets.input, Key, Body: body }),
  );
  return { image, repetition, body, eTag: ETag };
}

/** Sends the event of a part once more, as S3 may at any time. */
async function deliverAgain(part: Part, uploads: readonly Upload[]): Promise<void> {
  const { eTag = '', body } =
    uploads.find(({ image, repetition }) => image === part.image && repetition === part.repetition) ?? {};
  const record = eventRecord({
    bucket: names.buckets.input,
    key: part.key,
    eTag,
    sizeBytes: body?.byteLength ?? 0,
    sequencer: part.sequencer,
  });
  const Payload = JSON.stringify({ Records: [record] });
  await cloud.clients.lambda.send(
    new InvokeCommand({ FunctionName: names.functions.main.name, InvocationType: 'Event', Payload }),
  );
}

/** What the function said of each delivery, from its log. */
async function loggedOutcomes(): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  const pages = paginateFilterLogEvents(
    { client: cloud.clients.logs },
    { logGroupName: names.functions.main.logGroup },
  );
  for await (const page of pages) {
    for (const { message = '' } of page.events ?? []) {
      const outcome = /"outcome":"(\w+)"/.exec(message)?.[1];
      if (outcome !== undefined) counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
  }
  return counts;
}

describe('a run in the cloud', () => {
  it('loses and doubles no row of 200 outstanding events over 8 environments with 10 % delivered twice', async () => {
    const bodies = await Promise.all([1, 2, 3, 4].map(tinyJpeg));
    const wanted = Array.from({ length: REPETITIONS * IMAGES }, (_, index) => ({
      image: `dir ${index % 3}/image+${index % IMAGES}.jpg`,
      repetition: 1 + Math.floor(index / IMAGES),
      body: bodies[index % bodies.length] ?? Buffer.alloc(0),
    }));
    const uploads = await Promise.all(
      wanted.map(({ image, repetition, body }) => upload(image, repetition, body)),
    );

    const known = new Map<string, Part>();
    const again = new Set<string>();
    const collect = () =>
      collectParts({ clients: cloud.clients, outputBucket: names.buckets.output, runId: RUN, signal, known });
    await vi.waitFor(
      async () => {
        for (const part of await collect()) {
          if (again.size === DUPLICATES) break;
          if (again.has(part.key)) continue;
          again.add(part.key);
          await deliverAgain(part, uploads);
        }
        const delivered = Object.values(await loggedOutcomes()).reduce((sum, count) => sum + count, 0);
        expect(delivered).toBe(uploads.length + DUPLICATES);
      },
      { timeout: 110_000, interval: 250 },
    );

    expect(await loggedOutcomes()).toEqual({ processed: uploads.length, duplicate: DUPLICATES });
    const parts = await collect();
    const rows = mergeParts(parts, RUN);
    const identity = ({ image, repetition }: { readonly image: string; readonly repetition: number }) =>
      `${repetition} ${image}`;
    expect(parts).toHaveLength(uploads.length);
    expect(rows.map(identity)).toEqual(uploads.map(identity).toSorted());
    expect(rows.every(({ status }) => status === 'ok')).toBe(true);
    const environments = new Set(rows.map(({ environmentId }) => environmentId));
    expect(environments.size).toBeGreaterThan(1);
    expect(environments.size).toBeLessThanOrEqual(ENVIRONMENTS);
    // Each environment was cold once; where its first invocation was the duplicate, no row says so.
    expect(rows.filter(({ cold }) => cold).length).toBeLessThanOrEqual(environments.size);

    await writeMergedMetrics({
      clients: cloud.clients,
      outputBucket: names.buckets.output,
      runId: RUN,
      records: rows,
      signal,
    });
    const merged = await cloud.clients.s3.send(
      new GetObjectCommand({ Bucket: names.buckets.output, Key: MERGED_METRICS_KEY }),
    );
    const text = (await merged.Body?.transformToString()) ?? '';
    const read = await collectMetrics({ text, name: MERGED_METRICS_KEY });
    expect(read.records.map(identity)).toEqual(rows.map(identity));

    // The first of each different picture: what the function stored is what the ground makes of the same bytes.
    for (const { image, repetition, body } of uploads.slice(0, bodies.length)) {
      const Key = outputKey({ kind: 'input', runId: RUN, image, repetition });
      const stored = await cloud.clients.s3.send(new GetObjectCommand({ Bucket: names.buckets.output, Key }));
      expect(Buffer.from((await stored.Body?.transformToByteArray()) ?? [])).toEqual(
        (await processImage(body)).data,
      );
    }
    expect(parseInputKey(parts[0]?.key ?? '')?.runId).toBe(RUN);
  }, 120_000);

  it('names the image in the log of an invocation that fails, so that a missing image can be explained', async () => {
    const key = inputKey({ runId: RUN, repetition: 1, image: 'lost image.jpg' });
    const record = eventRecord({ bucket: 'no-such-bucket', key, eTag: 'e', sizeBytes: 1, sequencer: '0A' });
    const { FunctionError, LogResult = '' } = await cloud.clients.lambda.send(
      new InvokeCommand({
        FunctionName: names.functions.main.name,
        LogType: 'Tail',
        Payload: JSON.stringify({ Records: [record] }),
      }),
    );
    expect(FunctionError).toBe('Unhandled');
    expect(Buffer.from(LogResult, 'base64').toString()).toContain(`{"outcome":"failed","key":"${key}"`);
  });

  it('is removed with everything that it left', async () => {
    const { steps } = await destroy(declarationFor(cloud.clients), cloud.clients, { signal });

    expect(new Set(steps.map(({ outcome }) => outcome))).toEqual(new Set(['removed']));
    expect(await listEverything(cloud.clients)).toEqual([]);
  });
});
