import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';

export interface ReadEntry {
  readonly path: string;
  readonly data: Buffer;
  readonly mode: number;
  readonly modified: Date;
}

/** Every file of a zip, in the zip's order, by a reader that is not the writer. */
export async function readZip(zip: Buffer): Promise<readonly ReadEntry[]> {
  const file = await fromBufferPromise(zip, { lazyEntries: true });
  const entries: ReadEntry[] = [];
  for await (const entry of file.eachEntry()) {
    const data = await buffer(await file.openReadStreamPromise(entry));
    entries.push({
      path: entry.fileName,
      data,
      mode: entry.externalFileAttributes >>> 16,
      modified: entry.getLastModDate(),
    });
  }
  return entries;
}
