import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode, messageOf, RunFolderError } from '../errors.ts';

/** Many times what a run of a million units holds: more is no file of a run, and would fill the memory. */
const largestBytes = 256 * 1024 ** 2;

/**
 * What a JSON file of a run folder holds; undefined where there is none. The folder may come from anybody: RunFolderError, which
 * ends with `remedy`, for what is no file (a pipe would be waited for without end), what is too large, and what is no JSON.
 */
export async function readJson(folder: string, name: string, remedy: string): Promise<unknown> {
  const path = join(folder, name);
  const refusal = (problem: string, cause?: unknown) =>
    new RunFolderError(folder, `${name} ${problem}. ${remedy}`, { cause });
  let text: string;
  try {
    const stats = await stat(path);
    if (!stats.isFile()) throw refusal('is no file');
    if (stats.size > largestBytes) throw refusal(`has ${stats.size} bytes, expected ${largestBytes} at most`);
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error instanceof RunFolderError ? error : refusal(`cannot be read: ${messageOf(error)}`, error);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refusal('is damaged: it cannot be read as JSON', cause);
  }
}
