import { type AnyExperiment, listRuns } from '@skyground/experiment';
import { UsageError } from '../errors.ts';
import { findRun } from './find-run.ts';

/** The run to go on with: the one named, or the newest of the experiment that is not finished. */
export async function unfinishedRun(
  { id }: AnyExperiment,
  named: string | true,
  resultsFolder: string,
): Promise<string> {
  if (named !== true) return findRun(named, resultsFolder);
  for (const run of await listRuns(resultsFolder)) {
    if (run.kind !== 'run' || run.experimentId !== id || run.status === 'running') continue;
    // Killed between its last row and its summary, it is finished but for being derived.
    if (run.status !== 'finished' || run.verdict === undefined) return run.folder;
  }
  throw new UsageError(
    `There is no unfinished run of ${id} in ${resultsFolder}: nothing to resume. \`npm run lab -- list\` shows the runs.`,
  );
}
