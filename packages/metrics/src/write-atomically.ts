import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a file is written from; several parts are written one after the other, never all in memory. */
export type FileContent = string | Uint8Array | Iterable<string> | AsyncIterable<string>;

/**
 * Writes a whole file at once: a reader sees the old file or the new one, never a part. Written beside its final name
 * (as `.<name>.<uuid>.tmp`), synced, then renamed; on any failure the temporary file is removed and the old file stands.
 */
export async function writeAtomically(path: string, content: FileContent): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
