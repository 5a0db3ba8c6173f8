import { type ExitCode, exitCodes, readObservations, showRun } from '@skyground/experiment';
import type { ListedExperiment } from '../../experiments.ts';
import { foldedFor } from '../../output/fold.ts';
import { printable } from '../../output/format.ts';
import { paintFor } from '../../output/paint.ts';
import { resultsFolderOf } from '../../paths.ts';
import { experimentOfRun, findRun } from '../find-run.ts';
import { armLines, drawingOn } from '../output/arm-lines.ts';
import { resultLines } from '../output/result-lines.ts';
import { canGoOn, howToGoOn } from '../unfinished-run.ts';

interface ShowFlags {
  readonly results?: string;
  readonly json?: boolean;
}

/** `show RUN`: what it found, without changing anything. Exit code 3 where it is not valid, or not finished. */
export async function showCommand(
  reference: string,
  flags: ShowFlags,
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  const folder = await findRun(reference, resultsFolderOf(flags.results));
  const run = await showRun(folder);
  if (flags.json === true) {
    console.log(JSON.stringify({ type: 'run', ...run }));
  } else {
    const { manifest, status } = run;
    const observations = await readObservations(await experimentOfRun(folder, experiments), folder);
    const paint = paintFor(process.stdout);
    const lines = [
      printable(`${manifest.experiment.id}/${manifest.runId} on ${manifest.targetLabel}: ${status}`),
      ...resultLines(run, paint),
      '',
      ...armLines(observations, drawingOn(process.stdout)),
      ...(canGoOn(run) ? ['', howToGoOn(manifest.experiment.id, folder, flags.results)] : []),
    ];
    console.log(foldedFor(process.stdout, lines).join('\n'));
  }
  return run.isValid === true ? exitCodes.valid : exitCodes.notValid;
}
