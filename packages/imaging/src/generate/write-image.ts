import { randomUUID } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

export type Written = 'written' | 'unchanged';

/** A file of that name holds something else. */
export class WouldOverwriteError extends Error {
  override readonly name = 'WouldOverwriteError';

  constructor(path: string) {
    super(
      `expected no other file at ${path}: it was left as it is; use --force to overwrite it or --out for another folder`,
    );
  }
}

/**
 * Writes a file so that nobody ever sees a part of it: under a hidden temporary name first, then renamed.
 *
 * @throws {WouldOverwriteError} if another file has the name, unless `force` is set.
 */
export async function writeImage(
  folder: string,
  name: string,
  data: Buffer,
  force: boolean,
): Promise<Written> {
  const path = join(folder, name);
  const temporary = join(folder, `.${randomUUID()}.tmp`);
  try {
    await using file = await open(temporary, 'wx');
    await file.writeFile(data);
    if (force) await rename(temporary, path);
    // Unlike a rename, a link fails if the name is taken, even if it was taken a moment ago.
    else await link(temporary, path);
    return 'written';
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (data.equals(await readFile(path))) return 'unchanged';
    throw new WouldOverwriteError(path);
  } finally {
    await rm(temporary, { force: true });
  }
}
