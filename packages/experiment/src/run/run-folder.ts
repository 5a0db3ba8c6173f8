import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from '../errors.ts';
import { type Manifest, writeManifest } from './manifest.ts';

/** `20261121T063000.123Z`, and `-2` where two runs began in the same millisecond: sortable, and a name on every file system. */
export const runIdForm = /^\d{8}T\d{6}\.\d{3}Z(-\d+)?$/;

/**
 * Makes `<resultsFolder>/<experiment>/<run id>` with its manifest: the folder appears with it, or not at all, so that
 * whatever can be seen of a run can be resumed.
 */
export async function createRunFolder(
  resultsFolder: string,
  begun: Omit<Manifest, 'runId'>,
): Promise<{ readonly folder: string; readonly manifest: Manifest }> {
  const parent = join(resultsFolder, begun.experiment.id);
  const startedAt = begun.sessions[0]?.startedAt ?? '';
  const stamp = startedAt.replaceAll(/[-:]/g, '');
  const unborn = join(parent, `.${randomUUID()}.new`);
  await mkdir(unborn, { recursive: true });
  try {
    for (let attempt = 1; ; attempt += 1) {
      const runId = attempt === 1 ? stamp : `${stamp}-${attempt}`;
      const manifest = { ...begun, runId };
      await writeManifest(unborn, manifest);
      const folder = join(parent, runId);
      try {
        await rename(unborn, folder);
        return { folder, manifest };
      } catch (error) {
        if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error;
      }
    }
  } catch (error) {
    await rm(unborn, { recursive: true, force: true });
    throw error;
  }
}
