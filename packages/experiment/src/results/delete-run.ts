import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { RunFolderError } from '../errors.ts';
import { isTemporary } from '../run/derived-files.ts';
import { chartsName, isPicture } from '../run/draw-charts.ts';
import { withRunLock } from '../run/lock.ts';
import { readIdentity } from '../run/manifest.ts';
import { ourNames } from '../run/our-names.ts';
import { foldersOf } from '../run/run-file-path.ts';
import { runIdForm } from '../run/run-folder.ts';
import { readWrittenFiles } from '../run/written-files.ts';

/**
 * Deletes a run for good, whatever version wrote it. Refuses, and deletes nothing: a folder that is none of ours, one in
 * which somebody works, and one that holds files of somebody else.
 */
export async function deleteRun(runFolder: string): Promise<void> {
  const folder = resolve(runFolder);
  const { identity } = await readIdentity(folder);
  const isInPlace =
    runIdForm.test(identity.runId) &&
    basename(folder) === identity.runId &&
    basename(dirname(folder)) === identity.experiment.id &&
    (await lstat(folder)).isDirectory();
  if (!isInPlace) {
    throw new RunFolderError(
      folder,
      `expected results/${identity.experiment.id}/${identity.runId}, where the run was made: a copy or a link is yours to delete.`,
    );
  }
  const foreign = await foreignIn(folder);
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

/** Paths of what nobody but a person can have put there, in the order of the names. */
async function foreignIn(folder: string): Promise<readonly string[]> {
  const written = await readWrittenFiles(folder);
  const ours = new Set([...written, ...written.flatMap(foldersOf)]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'))
    .filter((path) => !ours.has(path) && !isOurs(path))
    .toSorted();
}

function isOurs(path: string): boolean {
  const name = basename(path);
  if (isTemporary(name)) return true;
  return path === name ? ourNames.has(name) : dirname(path) === chartsName && isPicture(name);
}
