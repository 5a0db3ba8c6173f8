// What the cloud path costs per image beyond the processing itself, in a closed loop: upload one image, wait until its row is
// there, upload the next. Run alone on an idle machine: `npm run bench -w apps/image-processor`.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { deploy, loadSettings, namesOf } from '@skyground/cloud';
import { generateImage } from '@skyground/imaging';
import { summarise } from '@skyground/statistics';
import { collectParts, imageProcessorDeclaration, inputKey, openTarget, type Part } from '../src/index.ts';

const rounds = 5;
const imagesPerRound = 20;
const aimMs = 25;

interface Sample {
  /** Upload call to output stored, without decode to encode. */
  readonly beyondMs: number;
  readonly putMs: number;
  readonly queueDelayMs: number;
  readonly downloadMs: number;
  readonly processingMs: number;
  readonly uploadMs: number;
}

const signal = AbortSignal.timeout(300_000);
const stateDir = await mkdtemp(join(tmpdir(), 'skyground-bench-'));
const settings = loadSettings({
  flags: { target: 'local', reservedConcurrency: 1 },
  environment: {},
  directory: stateDir,
});
const target = await openTarget({
  settings,
  environment: {},
  useAmbientCredentials: false,
  stateDir,
  signal,
});
try {
  const { clients } = target;
  const declaration = imageProcessorDeclaration(settings, clients.target);
  const { identity } = await deploy(declaration, clients, { signal });
  const names = namesOf(declaration, identity);
  const runId = `skyground-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(2).toString('hex')}`;
  const { data } = await generateImage({ seed: 7, widthPx: 1920, heightPx: 1080 });
  const known = new Map<string, Part>();

  const one = async (index: number): Promise<Sample> => {
    const key = inputKey({ runId, repetition: index + 1, image: 'full-hd.jpg' });
    const startedMs = performance.now();
    await clients.s3.send(new PutObjectCommand({ Bucket: names.buckets.input, Key: key, Body: data }), {
      abortSignal: signal,
    });
    const putMs = performance.now() - startedMs;
    for (;;) {
      const parts = await collectParts({ clients, outputBucket: names.buckets.output, runId, signal, known });
      const part = parts.find((candidate) => candidate.key === key);
      if (part === undefined) {
        // The row carries its own clock readings: asking seldom delays the loop, not the figure.
        await wait(10, undefined, { signal });
        continue;
      }
      const { endToEndMs, processingTimeMs, queueDelayMs, downloadMs, uploadMs } = part;
      if (endToEndMs === null || processingTimeMs === null)
        throw new Error(`image ${index} failed: ${part.error ?? ''}`);
      return {
        // The event's time lies inside the upload call: the whole call is counted, so the figure errs on the high side.
        beyondMs: putMs + endToEndMs - processingTimeMs,
        putMs,
        queueDelayMs: queueDelayMs ?? 0,
        downloadMs: downloadMs ?? 0,
        processingMs: processingTimeMs,
        uploadMs: uploadMs ?? 0,
      };
    }
  };

  // Warm-up, discarded.
  for (let index = 0; index < 10; index += 1) await one(index);
  const medians: number[] = [];
  const all: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const samples: Sample[] = [];
    for (let index = 0; index < imagesPerRound; index += 1)
      samples.push(await one(10 + round * imagesPerRound + index));
    medians.push(median(samples.map(({ beyondMs }) => beyondMs)));
    all.push(...samples);
  }
  const p50 = median(all.map(({ beyondMs }) => beyondMs));
  console.log(`cloud path per full-HD image beyond processing, closed loop, n = ${all.length}`);
  console.log(
    `  p50 ${p50.toFixed(1)} ms (aim at most ${aimMs}: ${p50 <= aimMs ? 'met' : 'NOT MET'}); medians of ${rounds} rounds ${medians.map((value) => value.toFixed(1)).join(', ')}`,
  );
  for (const field of ['putMs', 'queueDelayMs', 'downloadMs', 'processingMs', 'uploadMs'] as const) {
    console.log(`  ${field.padEnd(14)} p50 ${median(all.map((sample) => sample[field])).toFixed(1)}`);
  }
} finally {
  await target.close();
  await rm(stateDir, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  const summary = summarise(values);
  if (summary.kind === 'empty') throw new Error('nothing was measured');
  return summary.median;
}
