import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

export interface ZipEntry {
  readonly name: string;
  readonly content: string | Buffer;
  /** Type and permissions; a regular file of 0644 by default. */
  readonly mode?: number;
}

export function zipEntries(entries: readonly ZipEntry[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, content, mode = 0o100644 } of entries)
    zip.addBuffer(Buffer.from(content), name, { mode });
  zip.end();
  return buffer(zip.outputStream);
}

/** A package of files by name. */
export function zipOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  return zipEntries(Object.entries(files).map(([name, content]) => ({ name, content })));
}
