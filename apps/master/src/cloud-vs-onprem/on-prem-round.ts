import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Processing } from '@skyground/image-processor';
import type { ImageRecord } from '@skyground/metrics';
import { doneKey, runOnPrem } from '@skyground/onprem';
import { warmUpImagesPerWorker } from '../warm-up.ts';
import { workerDeath } from '../worker-death.ts';
import { filesOf, type RoundContext, type RoundRow } from './round-context.ts';

/** One round through a pool of fresh workers, warmed up; outputs are thrown away. */
export async function onPremRound(
  context: RoundContext,
  processing: Processing,
): Promise<readonly RoundRow[]> {
  const { round, runId, signal, log } = context;
  const files = filesOf(context);
  const images = [...new Map(files.map(({ file }) => [file.name, file])).values()];
  // The pool counts repetitions from 1; those of a round may begin anywhere, and end within the images.
  const before = Math.min(...files.map(({ repetition }) => repetition)) - 1;
  const repetitions = Math.max(...files.map(({ repetition }) => repetition)) - before;
  const wanted = new Set(
    files.map(({ image, repetition }) => doneKey({ image, repetition: repetition - before })),
  );
  const all = images.flatMap(({ name }) =>
    Array.from({ length: repetitions }, (_, index) => doneKey({ image: name, repetition: index + 1 })),
  );
  const records: ImageRecord[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'skyground-on-prem-'));
  try {
    await runOnPrem({
      runId,
      images,
      workers: round.width,
      repetitions,
      warmupImages: warmUpImagesPerWorker,
      outputDir: join(folder, 'outputs'),
      metricsFile: join(folder, 'metrics.csv'),
      done: new Set(all.filter((key) => !wanted.has(key))),
      processOptions: processing,
      signal,
      onEvent: (event) => {
        if (event.type === 'imageFinished') records.push(event.record);
        if (event.type === 'workerDied') log('warning', workerDeath(event));
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  signal.throwIfAborted();
  return records.map((record) => ({ ...record, repetition: record.repetition + before }));
}
