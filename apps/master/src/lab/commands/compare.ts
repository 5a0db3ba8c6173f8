import { compareRuns, type ExitCode, exitCodes, showRun } from '@skyground/experiment';
import { UsageError } from '../../errors.ts';
import type { ListedExperiment } from '../../experiments.ts';
import { resultsFolderOf } from '../../paths.ts';
import { experimentOfRun, findRun } from '../find-run.ts';
import { comparisonLines, isUsable } from '../output/comparison-lines.ts';

interface CompareFlags {
  readonly results?: string;
  readonly json?: boolean;
}

/** `compare FIRST SECOND`: what changed from one run to the other. Exit code 3 where one of them is not valid. */
export async function compareCommand(
  first: string,
  second: string,
  flags: CompareFlags,
  experiments: readonly ListedExperiment[],
): Promise<ExitCode> {
  const resultsFolder = resultsFolderOf(flags.results);
  const folders = [await findRun(first, resultsFolder), await findRun(second, resultsFolder)] as const;
  if (folders[0] === folders[1]) {
    throw new UsageError(`${first} and ${second} are the same run: name two.`);
  }
  const runs = [await showRun(folders[0]), await showRun(folders[1])] as const;
  const [one, other] = runs.map(({ manifest }) => manifest.experiment.id);
  if (one !== other) {
    throw new UsageError(
      `expected two runs of one experiment but ${first} is of ${one} and ${second} of ${other}.`,
    );
  }
  const comparison = await compareRuns(await experimentOfRun(folders[0], experiments), ...folders);
  if (flags.json === true) {
    const [a, b] = runs.map(({ folder, isValid, status }) => ({ folder, isValid: isValid ?? null, status }));
    console.log(JSON.stringify({ type: 'comparison', first: a, second: b, ...comparison }));
  } else {
    console.log(comparisonLines(comparison, runs).join('\n'));
  }
  return runs.every(isUsable) ? exitCodes.valid : exitCodes.notValid;
}
