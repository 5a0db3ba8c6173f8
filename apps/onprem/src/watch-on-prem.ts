import { once } from 'node:events';
import type { ProcessOptions } from '@skyground/imaging';
import { openMetricsWriter } from '@skyground/metrics';

import type { WatchEvent, WatchSummary } from './events.ts';
import { watchFolder } from './folder-events.ts';
import { checkFolders } from './output-path.ts';
import { WatchLedger } from './watch-ledger.ts';
import { WatchedFiles } from './watched-files.ts';
import { withPool } from './with-pool.ts';

/** Writers pause: a bad file must stay the same for so many times `settleMs` before it is called bad. */
const BAD_FILE_GRACE = 10;

export interface WatchOptions {
  readonly runId: string;
  readonly imagesDir: string;
  readonly workers: number;
  readonly outputDir: string;
  /** Rows are appended; its earlier rows tell what was done before. */
  readonly metricsFile: string;
  readonly processOptions?: ProcessOptions;
  /** A file that has not changed for so long is processed, and if it is bad, recorded after ten times as long; 1000 unless given. */
  readonly settleMs?: number;
  /** The only way to end it. */
  readonly signal: AbortSignal;
  readonly onEvent?: (event: WatchEvent) => void;
}

/**
 * Processes what is in a folder and whatever appears in it, each version of a file once, until the signal is aborted.
 *
 * @throws {OnPremUsageError} when the outputs would be inside the folder, or when it cannot be watched.
 */
export async function watchOnPrem(options: WatchOptions): Promise<WatchSummary> {
  const { runId, imagesDir, workers, outputDir, metricsFile, settleMs = 1000, onEvent = () => {} } = options;
  checkFolders(imagesDir, outputDir, metricsFile);
  const ledger = await WatchLedger.read(metricsFile);
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  const writer = await openMetricsWriter(metricsFile);
  const counts = { okRows: 0, errorRows: 0 };
  const startedMs = performance.now();
  try {
    const { processOptions = {} } = options;
    const warmUp = { paths: [], images: 0 };
    await withPool({ runId, workers, outputDir, processOptions, warmUp, signal, onEvent }, async (pool) => {
      await pool.warm;
      const files = new WatchedFiles({
        runId,
        outputDir,
        pool,
        ledger,
        writer,
        badFileGraceMs: BAD_FILE_GRACE * settleMs,
        signal,
        onEvent: (event) => {
          if (event.type === 'imageFinished')
            counts[event.record.status === 'ok' ? 'okRows' : 'errorRows'] += 1;
          onEvent(event);
        },
        onError: (error) => {
          if (!signal.aborted) failed.abort(error);
        },
      });
      const close = watchFolder(imagesDir, settleMs, {
        onFile: (image, path) => files.seen(image, path),
        onReady: () => onEvent({ type: 'watching', imagesDir, knownVersions: ledger.size }),
        onError: (error) => failed.abort(error),
      });
      try {
        if (!signal.aborted) await once(signal, 'abort');
      } finally {
        await close();
        await pool.close(signal.reason);
        await files.idle();
      }
    });
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await writer.close();
  }
  if (failed.signal.aborted) throw failed.signal.reason;
  const summary: WatchSummary = {
    status: 'stopped',
    runId,
    ...counts,
    durationMs: performance.now() - startedMs,
  };
  onEvent({ type: 'watchStopped', summary });
  return summary;
}
