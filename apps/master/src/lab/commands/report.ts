import { deriveAgain, type ExitCode, exitCodes, showRun } from '@skyground/experiment';
import type { ListedExperiment } from '../../experiments.ts';
import { foldedFor } from '../../output/fold.ts';
import { paintFor } from '../../output/paint.ts';
import { resultsFolderOf } from '../../paths.ts';
import { stopOnSignals } from '../../stop.ts';
import { experimentOfRun, findRun } from '../find-run.ts';
import { resultLines } from '../output/result-lines.ts';

/** `report RUN`: everything that follows from the samples, written again. Exit code 3 where the run is not valid. */
export async function reportCommand(
  reference: string,
  flags: { readonly results?: string },
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  const folder = await findRun(reference, resultsFolderOf(flags.results));
  const experiment = await experimentOfRun(folder, experiments);
  const stop = stopOnSignals();
  try {
    await deriveAgain(experiment, folder, stop.signal);
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
