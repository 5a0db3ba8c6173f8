import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { RunFolderError } from '../errors.ts';
import { filesName, readDerived, writeJson } from './derived-files.ts';
import { isRunFilePath } from './run-file-path.ts';

const filesSchema = z.strictObject({
  schemaVersion: z.literal(1),
  /** Checked as if they were new: the folder may come from anybody, and what is listed here is removed. */
  paths: z.array(z.string().refine(isRunFilePath, 'expected the path of a file of the experiment')),
});

/** Paths of the files of its own that the experiment has in the folder; none where that can no longer be read. */
export async function readWrittenFiles(folder: string): Promise<readonly string[]> {
  try {
    return (await readDerived(folder, filesName, filesSchema))?.paths ?? [];
  } catch (error) {
    if (error instanceof RunFolderError) return [];
    throw error;
  }
}

export async function rememberWrittenFiles(folder: string, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) await rm(join(folder, filesName), { force: true });
  else await writeJson(folder, filesName, { schemaVersion: 1, paths });
}
