import { randomUUID } from 'node:crypto';
import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { RunFolderError } from '../errors.ts';
import { checksName, isTemporary, summaryName } from '../run/derived-files.ts';
import { chartsName, isPicture } from '../run/draw-charts.ts';
import { lockName, withRunLock } from '../run/lock.ts';
import { readIdentity } from '../run/manifest.ts';
import { billName } from '../run/run-bill.ts';
import { runIdForm } from '../run/run-folder.ts';
import { logName } from '../run/run-log.ts';
import { samplesName } from '../run/samples-file.ts';

/** What the runner writes into a run folder. */
const ourNames = new Set([
  'manifest.json',
  samplesName,
  summaryName,
  checksName,
  billName,
  'report.html',
  'report.md',
  chartsName,
  logName,
  lockName,
  `${lockName}-journal`,
]);

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

async function foreignIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.map(({ name }) => name);
  const hasCharts = entries.some((entry) => entry.name === chartsName && entry.isDirectory());
  const pictures = hasCharts ? await readdir(join(folder, chartsName)) : [];
  return [
    ...names.filter((name) => !ourNames.has(name) && !isTemporary(name)),
    ...pictures.filter((name) => !isPicture(name)).map((name) => join(chartsName, name)),
  ];
}
