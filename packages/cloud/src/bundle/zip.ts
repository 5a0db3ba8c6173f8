import { buffer } from 'node:stream/consumers';
import yazl from 'yazl';

export interface ZipFileEntry {
  /** Path inside the zip, `/` as separator. */
  readonly path: string;
  readonly data: Uint8Array;
}

/**
 * A zip that depends on names and contents alone: entries sorted, every file of one age and one mode, no folders, no
 * extended timestamps. Zip keeps local time without a zone, so the date is made from local parts: the same bytes in every zone.
 */
export async function deterministicZip(entries: readonly ZipFileEntry[]): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  const mtime = new Date(1980, 0, 1);
  for (const { path, data } of entries.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    zip.addBuffer(Buffer.from(data.buffer, data.byteOffset, data.byteLength), path, {
      mtime,
      mode: 0o100644,
      compress: true,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}
