import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RunFolderError } from '../errors.ts';
import { chartsName } from '../run/draw-charts.ts';
import { lockName, withRunLock } from '../run/lock.ts';
import { readIdentity } from '../run/manifest.ts';
import { runIdForm } from '../run/run-folder.ts';
import { logName } from '../run/run-log.ts';
import { samplesName } from '../run/samples-file.ts';

/** What the runner writes into a run folder, and the temporary files of a writer that was killed. */
const ourNames = new Set([
  'manifest.json',
  samplesName,
  'summary.json',
  'checks.json',
  chartsName,
  logName,
  lockName,
  `${lockName}-journal`,
]);
const temporaryForm = /^\..+\.[0-9a-f-]{36}\.tmp$/;

/**
 * Deletes a run for good, whatever version wrote it. Refuses, and deletes nothing: a folder that is none of ours, one in
 * which somebody works, and one that holds files of somebody else.
 */
export async function deleteRun(runFolder: string): Promise<void> {
  const folder = resolve(runFolder);
  const { identity } = await readIdentity(folder);
  const isOurs =
    runIdForm.test(identity.runId) &&
    basename(folder) === identity.runId &&
    basename(dirname(folder)) === identity.experiment.id &&
    (await lstat(folder)).isDirectory();
  if (!isOurs) {
    throw new RunFolderError(
      folder,
      `expected results/${identity.experiment.id}/${identity.runId}, where the run was made: a copy or a link is yours to delete.`,
    );
  }
  const foreign = (await readdir(folder)).filter((name) => !ourNames.has(name) && !temporaryForm.test(name));
  if (foreign.length > 0) {
    throw new RunFolderError(
      folder,
      `holds files that no run wrote (${foreign.slice(0, 5).join(', ')}). Move them away, then delete the run.`,
    );
  }
  await withRunLock(folder, async () => {
    // Out of sight in one step: half a run folder would look like a damaged one.
    const doomed = join(dirname(folder), `.${randomUUID()}.deleted`);
    await rename(folder, doomed);
    await rm(doomed, { recursive: true });
  });
}
