import { basename, dirname } from 'node:path';
import { type AnyExperiment, type ListedRun, listRuns, readManifest } from '@skyground/experiment';
import { UsageError } from '../errors.ts';
import { printable } from '../output/format.ts';
import { resultsFolderOf } from '../paths.ts';
import { shQuoted } from '../sh-quoted.ts';
import { findRun } from './find-run.ts';
import { shortPath } from './output/result-lines.ts';

/** The run to go on with: the one named, or the newest of the experiment that is not finished. */
export async function unfinishedRun(
  { id }: AnyExperiment,
  named: string | true,
  resultsFolder: string,
): Promise<string> {
  if (named !== true) {
    const folder = await findRun(named, resultsFolder);
    const { experiment } = await readManifest(folder);
    if (experiment.id === id) return folder;
    throw new UsageError(
      `${folder}: expected a run of ${id} to go on with, but it is one of ${JSON.stringify(experiment.id)}.`,
    );
  }
  for (const run of await listRuns(resultsFolder)) {
    if (run.kind === 'run' && run.experimentId === id && canGoOn(run)) return run.folder;
  }
  throw new UsageError(
    `There is no unfinished run of ${id} in ${resultsFolder}: nothing to resume. \`npm run lab -- list\` shows the runs.`,
  );
}

/** Whether something is left to do, and nobody does it. */
export function canGoOn({
  status,
  verdict,
}: Pick<Extract<ListedRun, { kind: 'run' }>, 'status' | 'verdict'>): boolean {
  // Killed between its last row and its summary, it is finished but for being derived.
  return status !== 'running' && (status !== 'finished' || verdict === undefined);
}

/** What to type to go on with a run; `resultsFlag` is the --results that leads to it. */
export function howToGoOn(experimentId: string, folder: string, resultsFlag: string | undefined): string {
  const isThere = dirname(dirname(folder)) === resultsFolderOf(resultsFlag);
  const run = shQuoted(isThere ? basename(folder) : shortPath(folder));
  const where = isThere && resultsFlag !== undefined ? ` --results ${shQuoted(resultsFlag)}` : '';
  return printable(
    `Go on without measuring anything twice: npm run lab -- ${experimentId} --resume ${run}${where}`,
  );
}
