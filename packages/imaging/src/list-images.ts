import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';

import { ImagingError } from './errors.ts';

export interface ListedImage {
  /** Path below the listed folder, with `/` between its parts on every system. */
  readonly name: string;
  /** Absolute path. */
  readonly path: string;
  readonly sizeBytes: number;
}

/**
 * Every regular file below a folder, sorted by name in code-unit order (the same everywhere, unlike a
 * locale's order). Files that are no images are listed too, so that they are recorded as errors and not
 * hidden. Left out: names that begin with a dot, and symbolic links that lead to a folder, outside the
 * listed folder, or nowhere.
 *
 * @throws {ImagingError} `unreadable` when a folder cannot be read.
 */
export async function listImages(dir: string): Promise<ListedImage[]> {
  const root = resolve(dir);
  const images: ListedImage[] = [];
  try {
    const realRoot = await realpath(root);
    await collect(root, '', realRoot, images);
  } catch (error) {
    const reason = `expected a readable folder: ${error instanceof Error ? error.message : String(error)}`;
    throw new ImagingError('unreadable', dir, reason, { cause: error });
  }
  return images.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function collect(
  folder: string,
  prefix: string,
  realRoot: string,
  images: ListedImage[],
): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    const name = prefix + entry.name;
    if (entry.isDirectory()) {
      await collect(path, `${name}/`, realRoot, images);
    } else {
      const sizeBytes = await sizeOfFile(entry, path, realRoot);
      if (sizeBytes !== undefined) images.push({ name, path, sizeBytes });
    }
  }
}

/** Size in bytes of a regular file or of one that a link inside the folder leads to; undefined for all else. */
async function sizeOfFile(entry: Dirent, path: string, realRoot: string): Promise<number | undefined> {
  if (!entry.isFile() && !entry.isSymbolicLink()) return undefined;
  try {
    if (entry.isSymbolicLink() && !isInside(realRoot, await realpath(path))) return undefined;
    const facts = await stat(path);
    return facts.isFile() ? facts.size : undefined;
  } catch (error) {
    // A dangling or circular link, or a file deleted since the folder was read.
    if (isSystemError(error) && (error.code === 'ENOENT' || error.code === 'ELOOP')) return undefined;
    throw error;
  }
}

function isInside(root: string, path: string): boolean {
  const below = relative(root, path);
  return below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}
