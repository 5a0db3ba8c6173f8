// S3 of the embedded cloud against s3rver: put and get of 100 KB at concurrency 8, in interleaved rounds, and the memory
// of the cloud's process while 2 GB pass through it.
//   node bench/s3.bench.ts
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_REGION } from '../src/credentials.ts';
import { readLiveLock } from '../src/process/lock-file.ts';
import { installRival } from './fixtures/install-rival.ts';
import { serve } from './fixtures/serving-process.ts';
import { printed, spreadOf } from './fixtures/spread.ts';

const Bucket = 'bench';
const RIVAL_VERSION = '3.7.1';
const OBJECT_BYTES = 100 * 1024;
const CONCURRENCY = 8;
const REQUESTS_A_ROUND = 400;
const ROUNDS = 12;
const LARGE_BYTES = 100 * 1024 * 1024;
const LARGE_OBJECTS = 20;
const MEMORY_BOUND_BYTES = 30 * 1024 * 1024;

const body = randomBytes(OBJECT_BYTES);

installRival('s3rver', RIVAL_VERSION);
const stateDir = mkdtempSync(join(tmpdir(), 'skyground-bench-'));
const [cloud, rival] = await Promise.all([serve('s3-cloud.ts', stateDir), serve('s3rver.ts')]);
const lock = readLiveLock(stateDir);
if (lock === undefined) throw new Error('The cloud announces itself in its state folder.');
const ours = clientOf(cloud.endpoint, lock.credentials);
const theirs = clientOf(rival.endpoint, { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' });
try {
  await ours.send(new CreateBucketCommand({ Bucket }));
  await compareThroughput();
  await watchMemory();
} finally {
  ours.destroy();
  theirs.destroy();
  await Promise.all([cloud.stop(), rival.stop()]);
  rmSync(stateDir, { recursive: true, force: true });
}

async function compareThroughput(): Promise<void> {
  const operations = {
    put: (s3: S3Client, index: number) =>
      s3.send(new PutObjectCommand({ Bucket, Key: `object-${index}`, Body: body })),
    get: async (s3: S3Client, index: number) => {
      const output = await s3.send(new GetObjectCommand({ Bucket, Key: `object-${index}` }));
      const bytes = await output.Body?.transformToByteArray();
      if (bytes?.byteLength !== OBJECT_BYTES)
        throw new Error(`Got ${bytes?.byteLength} bytes, expected ${OBJECT_BYTES}.`);
    },
  };
  for (const [name, operation] of Object.entries(operations)) {
    for (const s3 of [ours, theirs]) await round(s3, operation);
    const rates = { ours: [] as number[], theirs: [] as number[], ratio: [] as number[] };
    for (let index = 0; index < ROUNDS; index++) {
      // Who goes first alternates, so that a drift of the machine favours nobody.
      const order = index % 2 === 0 ? [ours, theirs] : [theirs, ours];
      const measured = new Map<S3Client, number>();
      for (const s3 of order) measured.set(s3, await round(s3, operation));
      const [our = 0, their = 0] = [measured.get(ours), measured.get(theirs)];
      rates.ours.push(our);
      rates.theirs.push(their);
      rates.ratio.push(our / their);
    }
    console.log(
      `${name} of ${OBJECT_BYTES / 1024} KB at concurrency ${CONCURRENCY}, ${ROUNDS} rounds of ${REQUESTS_A_ROUND}`,
    );
    console.log(`  embedded cloud  ${printed(spreadOf(rates.ours), 'requests/s')}`);
    console.log(`  s3rver ${RIVAL_VERSION}    ${printed(spreadOf(rates.theirs), 'requests/s')}`);
    console.log(`  ratio           ${printed(spreadOf(rates.ratio), 'times')}, bound: at least 1`);
  }
}

/** Requests per second. */
async function round(
  s3: S3Client,
  operation: (s3: S3Client, index: number) => Promise<unknown>,
): Promise<number> {
  let next = 0;
  const startedMs = performance.now();
  await Promise.all(
    Array.from({ length: CONCURRENCY }, async () => {
      for (let index = next++; index < REQUESTS_A_ROUND; index = next++) await operation(s3, index);
    }),
  );
  return (REQUESTS_A_ROUND * 1000) / (performance.now() - startedMs);
}

async function watchMemory(): Promise<void> {
  const chunk = randomBytes(1024 * 1024);
  const samples: number[] = [];
  const sampler = setInterval(() => samples.push(residentBytes(cloud.pid)), 100);
  let settled = 0;
  try {
    for (let index = 0; index < LARGE_OBJECTS; index++) {
      const Key = `large-${index % 2}`;
      const chunks = Array.from({ length: LARGE_BYTES / chunk.length }, () => chunk);
      await ours.send(
        new PutObjectCommand({ Bucket, Key, Body: Readable.from(chunks), ContentLength: LARGE_BYTES }),
      );
      const { Body } = await ours.send(new GetObjectCommand({ Bucket, Key }));
      for await (const piece of Body instanceof Readable ? Body : []) void piece;
      // The first two objects warm the heap, the buffers' pool and both paths up; flatness is judged from there.
      if (index === 1) settled = samples.length;
    }
  } finally {
    clearInterval(sampler);
  }
  const before = Math.max(...samples.slice(0, settled));
  const after = Math.max(...samples.slice(settled));
  const growth = after - before;
  const verdict = growth <= MEMORY_BOUND_BYTES ? 'within' : 'beyond';
  console.log(
    `memory of the cloud's process, ${(LARGE_OBJECTS * LARGE_BYTES) / 1024 ** 3} GiB in and out in objects of ${mib(LARGE_BYTES)}`,
  );
  console.log(
    `  peak of the first two objects ${mib(before)}, of the rest ${mib(after)}: ${mib(growth)} more, ${verdict} ${mib(MEMORY_BOUND_BYTES)}`,
  );
}

function residentBytes(pid: number): number {
  const [, kilobytes] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}

function mib(bytes: number): string {
  return `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

function clientOf(endpoint: string, credentials: { accessKeyId: string; secretAccessKey: string }): S3Client {
  return new S3Client({ endpoint, region: LOCAL_REGION, credentials, forcePathStyle: true, maxAttempts: 1 });
}
