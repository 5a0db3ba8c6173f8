import { closeSync, constants, fstatSync, openSync, read } from 'node:fs';
import { promisify } from 'node:util';

import { versionOf } from './file-version.ts';

const readAt = promisify(read);

export type ReadFile =
  | { readonly status: 'read'; readonly bytes: Uint8Array; readonly version: string }
  | { readonly status: 'too-large'; readonly sizeBytes: number; readonly version: string }
  | { readonly status: 'changed'; readonly sizeBytes: number; readonly version: string }
  | { readonly status: 'not-a-file' };

/**
 * Reads one version of a file whole. Opening and closing are synchronous, because they cost less than a hop to
 * libuv's threads and back; the read is not, because it may have to wait for a disk while another image of
 * this worker is being processed and timed.
 *
 * @throws the file system's error where the file cannot be opened or read.
 */
export async function readVersion(path: string, maxSizeBytes: number): Promise<ReadFile> {
  // Without O_NONBLOCK, a pipe put in the file's place would hold the worker for ever.
  const descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const before = fstatSync(descriptor, { bigint: true });
    if (!before.isFile()) return { status: 'not-a-file' };
    const sizeBytes = Number(before.size);
    const version = versionOf(before);
    if (sizeBytes > maxSizeBytes) return { status: 'too-large', sizeBytes, version };

    const bytes = Buffer.allocUnsafeSlow(sizeBytes);
    let position = 0;
    while (position < sizeBytes) {
      const { bytesRead } = await readAt(descriptor, bytes, position, sizeBytes - position, position);
      if (bytesRead === 0) break;
      position += bytesRead;
    }
    const unchanged =
      position === sizeBytes && versionOf(fstatSync(descriptor, { bigint: true })) === version;
    return unchanged ? { status: 'read', bytes, version } : { status: 'changed', sizeBytes, version };
  } finally {
    closeSync(descriptor);
  }
}
