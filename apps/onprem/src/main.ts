import { ImagingError, listImages } from '@skyground/imaging';
import { MetricsError } from '@skyground/metrics';

import { lastRunId, readDone } from './done.ts';
import { OnPremUsageError } from './errors.ts';
import { type Flags, parseFlags } from './flags.ts';
import { checkFolders } from './output-path.ts';
import { createReporter, type Report } from './reporter.ts';
import { createRunId } from './run-id.ts';
import { runOnPrem } from './run-on-prem.ts';
import { watchOnPrem } from './watch-on-prem.ts';

const EXIT = { ok: 0, failed: 1, usage: 2, failedImages: 3, stopped: 130 } as const;

/** Runs what the flags ask for. @returns the exit code. */
export async function main(rawFlags: unknown): Promise<number> {
  const stop = new AbortController();
  const onSignal = (): void => {
    // The second one forces: workers end by themselves when this process is gone.
    if (stop.signal.aborted) process.exit(EXIT.stopped);
    stop.abort(new Error('stopped'));
  };
  // `| head` closes the pipe: nobody reads any more, so stop as at Ctrl-C.
  process.stdout.on('error', () => stop.abort(new Error('the standard output was closed')));
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const flags = parseFlags(rawFlags, process.env['INIT_CWD'] ?? process.cwd());
    const report = createReporter(flags.json, process.stdout);
    return flags.watch ? await watch(flags, stop.signal, report) : await batch(flags, stop.signal, report);
  } catch (error) {
    const usage = error instanceof OnPremUsageError || error instanceof MetricsError;
    const expected = usage || error instanceof ImagingError;
    console.error(expected ? error.message : error);
    return usage || error instanceof ImagingError ? EXIT.usage : EXIT.failed;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  }
}

async function batch(flags: Flags, signal: AbortSignal, report: Report): Promise<number> {
  const { imagesDir, outputDir, metricsFile, workers, repetitions, warmupImages, processOptions } = flags;
  checkFolders(imagesDir, outputDir, metricsFile);
  const images = await listImages(imagesDir);
  if (images.length === 0) {
    throw new OnPremUsageError(
      `expected images in ${imagesDir} but it is empty: put some there, or name another folder with --images`,
    );
  }
  const resumed = flags.resume ? await lastRunId(metricsFile) : undefined;
  if (flags.resume && resumed === undefined) {
    throw new OnPremUsageError(
      `expected a run to resume in ${metricsFile} but it holds none: start without --resume`,
    );
  }
  const summary = await runOnPrem({
    runId: resumed ?? createRunId(new Date()),
    images,
    workers,
    repetitions,
    warmupImages,
    outputDir,
    metricsFile,
    done: resumed === undefined ? new Set() : await readDone(metricsFile, resumed),
    processOptions,
    signal,
    onEvent: report,
  });
  if (summary.status === 'stopped') return EXIT.stopped;
  return summary.errorRows === 0 ? EXIT.ok : EXIT.failedImages;
}

async function watch(flags: Flags, signal: AbortSignal, report: Report): Promise<number> {
  const { imagesDir, outputDir, metricsFile, workers, processOptions, settleMs } = flags;
  await listImages(imagesDir); // A folder that is missing or closed to us is named now, not waited for.
  await watchOnPrem({
    runId: createRunId(new Date()),
    imagesDir,
    workers,
    outputDir,
    metricsFile,
    processOptions,
    settleMs,
    signal,
    onEvent: report,
  });
  return EXIT.stopped;
}
