import {
  copyReport,
  type DerivedRun,
  deriveAgain,
  type ExitCode,
  exitCodes,
  showRun,
} from '@skyground/experiment';
import { UsageError } from '../../errors.ts';
import type { ListedExperiment } from '../../experiments.ts';
import { foldedFor } from '../../output/fold.ts';
import { paintFor } from '../../output/paint.ts';
import { fromWhereThePersonStood, resultsFolderOf } from '../../paths.ts';
import { stopOnSignals } from '../../stop.ts';
import { experimentOfRun, findRun } from '../find-run.ts';
import { plural, resultLines, shortPath } from '../output/result-lines.ts';

/** `report RUN`: everything that follows from the samples, written again, and with --output-dir there too. Exit code 3 where the run is not valid. */
export async function reportCommand(
  reference: string,
  flags: { readonly results?: string; readonly outputDir?: string },
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  const folder = await findRun(reference, resultsFolderOf(flags.results));
  const experiment = await experimentOfRun(folder, experiments);
  const stop = stopOnSignals();
  try {
    const derived = await deriveAgain(experiment, folder, stop.signal);
    if (flags.outputDir !== undefined) await copyTo(flags.outputDir, derived);
  } catch (error) {
    if (stop.signal.aborted) return exitCodes.stopped;
    throw error;
  } finally {
    stop.dispose();
  }
  const run = await showRun(folder);
  console.log(foldedFor(process.stdout, resultLines(run, paintFor(process.stdout))).join('\n'));
  return run.isValid === true ? exitCodes.valid : exitCodes.notValid;
}

async function copyTo(typed: string, derived: DerivedRun): Promise<void> {
  if (typed === '') throw new UsageError('expected a folder for --output-dir but received ""');
  const to = fromWhereThePersonStood(typed);
  const names = await copyReport(derived, to);
  console.log(`${plural(names.length, 'file')} of the report: ${shortPath(to)}`);
}
