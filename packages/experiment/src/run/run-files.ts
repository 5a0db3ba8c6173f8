import { lstat, readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from '@skyground/metrics';
import type { RunFile } from '../contract/experiment.ts';
import { hasCode, RunFolderError } from '../errors.ts';
import { foldersOf, refuseWrongPaths } from './run-file-path.ts';
import { readWrittenFiles, rememberWrittenFiles } from './written-files.ts';

/**
 * Writes the experiment's own files, each whole or not at all, and removes those of an earlier derivation that there are no longer.
 * What a person put into the folder stays: RunFolderError where it is in the way, and where a link is. TypeError for a path
 * that leads anywhere else.
 */
export async function writeRunFiles(folder: string, files: readonly RunFile[]): Promise<void> {
  refuseWrongPaths(files);
  const before = await readWrittenFiles(folder);
  const now = files.map(({ path }) => path);
  for (const path of before) if (!now.includes(path)) await removeFile(folder, path);
  for (const file of files) await refuseForeign(folder, file, before);
  // Between the refusals, which must not make anything ours, and the writing: a derivation that is killed knows its files again.
  await rememberWrittenFiles(folder, now);
  for (const { path, content } of files) await writeAtomically(join(folder, path), content);
}

async function refuseForeign(
  folder: string,
  { path, content }: RunFile,
  before: readonly string[],
): Promise<void> {
  const refusal = (name: string, problem: string) =>
    new RunFolderError(folder, `${name} ${problem}. Move it away, then derive the run again.`);
  const blocked = await firstThatIsNoFolder(folder, path);
  if (blocked !== undefined) throw refusal(blocked, `is no folder, and ${path} belongs into it`);
  const kind = await kindOf(join(folder, path));
  if (kind === 'nothing' || (kind === 'file' && before.includes(path))) return;
  if (kind !== 'file') throw refusal(path, 'is no file, and one of the experiment belongs there');
  if ((await readFile(join(folder, path), 'utf8')) !== content) {
    throw refusal(path, 'was written by no run, and a file of the experiment belongs there');
  }
}

/** With its folders, where nothing else is in them. */
async function removeFile(folder: string, path: string): Promise<void> {
  if ((await firstThatIsNoFolder(folder, path)) !== undefined) return;
  if ((await kindOf(join(folder, path))) !== 'file') return;
  await rm(join(folder, path));
  for (const inner of foldersOf(path).toReversed()) {
    try {
      await rmdir(join(folder, inner));
    } catch (error) {
      if (hasCode(error, 'ENOTEMPTY', 'EEXIST')) return;
      throw error;
    }
  }
}

/** Of the folders on the way to the path: what lies behind a link is not ours. */
async function firstThatIsNoFolder(folder: string, path: string): Promise<string | undefined> {
  for (const inner of foldersOf(path)) {
    const kind = await kindOf(join(folder, inner));
    if (kind === 'nothing') return undefined;
    if (kind !== 'folder') return inner;
  }
  return undefined;
}

async function kindOf(path: string): Promise<'nothing' | 'file' | 'folder' | 'other'> {
  try {
    const stats = await lstat(path);
    if (stats.isFile()) return 'file';
    return stats.isDirectory() ? 'folder' : 'other';
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 'nothing';
    throw error;
  }
}
