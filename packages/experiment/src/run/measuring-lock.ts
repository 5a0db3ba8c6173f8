import { mkdir } from 'node:fs/promises';
import { messageOf, UsageError } from '../errors.ts';
import { listRuns } from '../results/list-runs.ts';
import { withLock } from './lock.ts';

/**
 * Does `work` as the only one that measures into this results folder: two runs at once would load each other. Throws UsageError
 * where one is under way, which it names, and for a folder that cannot be made.
 */
export async function withMeasuringLock<Result>(
  resultsFolder: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    await mkdir(resultsFolder, { recursive: true });
  } catch (cause) {
    throw new UsageError(
      `${resultsFolder} cannot hold results (${messageOf(cause)}): name a folder that can be made and written to.`,
      { cause },
    );
  }
  return withLock(resultsFolder, '.lock', work, async () => {
    const other = (await listRuns(resultsFolder)).find(
      (run) => run.kind === 'run' && run.status === 'running',
    );
    return new UsageError(
      `Another run is measuring on this machine (${other?.folder ?? 'it is just beginning or ending'}), and two at once would load each other. Wait until it has ended, or stop it.`,
    );
  });
}
