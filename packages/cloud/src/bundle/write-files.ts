import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { ZipFileEntry } from './zip.ts';

/** Writes the files of a package into a folder that exists, readable for everybody whatever the umask: in an image, another user runs them. */
export async function writeFiles(files: readonly ZipFileEntry[], folder: string): Promise<void> {
  for (const { path, data } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), data);
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}
