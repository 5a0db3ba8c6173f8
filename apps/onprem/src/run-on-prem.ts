import type { ListedImage, ProcessOptions } from '@skyground/imaging';
import { openMetricsWriter } from '@skyground/metrics';

import { doneKey } from './done.ts';
import type { OnPremEvent, OnPremSummary } from './events.ts';
import { toImageRecord } from './image-record.ts';
import type { Task } from './outcome.ts';
import { outputPath } from './output-path.ts';
import type { WorkerPool } from './pool.ts';
import { withPool } from './with-pool.ts';

export interface OnPremOptions {
  readonly runId: string;
  readonly images: readonly ListedImage[];
  /** Worker processes: as many images are processed at a time. */
  readonly workers: number;
  readonly repetitions: number;
  /** Each worker processes so many of the images, and throws the results away, before the first measured image. */
  readonly warmupImages: number;
  readonly outputDir: string;
  /** Rows are appended; the file is begun when missing. */
  readonly metricsFile: string;
  /** `doneKey`s of rows that are there already: they are not done again. */
  readonly done?: ReadonlySet<string>;
  readonly processOptions?: ProcessOptions;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: OnPremEvent) => void;
}

/**
 * Processes every image `repetitions` times in a pool of worker processes and appends one row each to the metrics
 * file as it finishes. A bad image becomes an error row. An abort kills the workers, writes the rows of what is
 * finished and returns `stopped`.
 *
 * @throws {OnPremUsageError} for names that lead out of the output folder. @throws {WorkerStartError} when no worker
 * can start. @throws {MetricsError} when the metrics file cannot be appended to.
 */
export async function runOnPrem(options: OnPremOptions): Promise<OnPremSummary> {
  const { runId, images, workers, repetitions, outputDir, done = new Set(), onEvent = () => {} } = options;
  const allTasks = tasksOf(images, repetitions, outputDir);
  const tasks = allTasks.filter((task) => !done.has(doneKey(task)));
  const skippedRows = allTasks.length - tasks.length;
  const counts = { okRows: 0, errorRows: 0 };
  const clock = { startMs: 0, endMs: 0 };

  // Stops for two reasons: the caller's, and a metrics file that takes no more rows.
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal === undefined ? [] : [options.signal])]);
  const writer = await openMetricsWriter(options.metricsFile);

  async function process(pool: WorkerPool, task: Task): Promise<void> {
    const outcome = await pool.submit(task);
    const record = toImageRecord(outcome, runId);
    try {
      await writer.append(record);
    } catch (error) {
      failed.abort(error);
      throw error;
    }
    counts[record.status === 'ok' ? 'okRows' : 'errorRows'] += 1;
    onEvent({ type: 'imageFinished', record });
  }

  onEvent({
    type: 'started',
    runId,
    images: images.length,
    repetitions,
    workers,
    rows: tasks.length,
    skippedRows,
  });
  try {
    if (tasks.length > 0) {
      const warmUp = { paths: images.map(({ path }) => path), images: options.warmupImages };
      const { processOptions = {} } = options;
      await withPool({ runId, workers, outputDir, processOptions, warmUp, signal, onEvent }, async (pool) => {
        await pool.warm;
        clock.startMs = performance.now();
        try {
          await allSettledOrThrow(tasks.map((task) => process(pool, task)));
        } finally {
          clock.endMs = performance.now();
        }
      });
    }
  } catch (error) {
    if (failed.signal.aborted) throw failed.signal.reason;
    if (options.signal?.aborted !== true) throw error;
  } finally {
    await writer.close();
  }

  const durationMs = clock.endMs - clock.startMs;
  const rows = counts.okRows + counts.errorRows;
  const summary: OnPremSummary = {
    status: rows === tasks.length ? 'finished' : 'stopped',
    runId,
    ...counts,
    skippedRows,
    remainingRows: tasks.length - rows,
    durationMs,
    imagesPerSecond: rows === 0 ? null : rows / (durationMs / 1000),
  };
  onEvent({ type: 'finished', summary });
  return summary;
}

/** Repetition by repetition, so that no image's repetitions share a moment of the machine. */
function tasksOf(images: readonly ListedImage[], repetitions: number, outputDir: string): Task[] {
  const numbers = Array.from({ length: repetitions }, (_, index) => index + 1);
  return numbers.flatMap((repetition) =>
    images.map(({ name, path }) => ({
      image: name,
      path,
      repetition,
      outputPath: outputPath(outputDir, repetition, name),
    })),
  );
}

/** Like Promise.all, but nothing is under way any more when it throws. */
async function allSettledOrThrow(work: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(work)) if (result.status === 'rejected') throw result.reason;
}
