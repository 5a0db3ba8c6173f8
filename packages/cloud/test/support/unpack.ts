import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { readZip } from '../read-zip.ts';

/** Writes the files of a zip into a folder, which it makes. */
export async function unpack(zip: Buffer, folder: string): Promise<void> {
  for (const { path, data } of await readZip(zip)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), data);
  }
}
