import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** A deployment package of one module, `index.mjs`. */
export async function functionZip(source: string): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(source), 'index.mjs', { mode: 0o644 });
  zip.end();
  return buffer(zip.outputStream);
}
