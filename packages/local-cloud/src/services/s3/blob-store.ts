import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, unlinkSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../../errors.ts';
import { type ChecksumAlgorithm, startChecksum } from '../../protocol/checksum.ts';

/** Bytes that are gathered before they go to disk in one write. */
const WRITE_BYTES = 256 * 1024;

export interface ReceivedBlob {
  readonly blobId: string;
  readonly sizeBytes: number;
  /** Hex. */
  readonly md5: string;
  /** Base64. */
  readonly checksum: string;
}

/**
 * The bytes of objects and parts: files with random names, written once, never changed, named by a row of the database
 * or by none. A name is fresh, so no reader can meet a half-written blob, and a blob that lost its writer (kill -9, a
 * failed check) is one that no row names: the next start sweeps it. Keys never come near a path.
 */
export class BlobStore {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Makes the folder and deletes every blob that is not in use. Synchronous: done before the first request can write one. */
  sweep(inUse: ReadonlySet<string>): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#folder)) {
      if (!inUse.has(name)) unlinkSync(this.#path(name));
    }
  }

  /** Streams bytes into a new blob that is on disk for good (fsync) when this resolves. Leaves nothing behind if it throws. */
  async receive(
    source: AsyncIterable<Uint8Array>,
    algorithm: ChecksumAlgorithm,
    maxBytes = Number.POSITIVE_INFINITY,
  ): Promise<ReceivedBlob> {
    const blobId = randomBytes(16).toString('hex');
    const md5 = createHash('md5');
    const checksum = startChecksum(algorithm);
    let sizeBytes = 0;
    const file = await open(this.#path(blobId), 'wx', 0o600);
    try {
      let gathered: Uint8Array[] = [];
      let gatheredBytes = 0;
      for await (const chunk of source) {
        sizeBytes += chunk.byteLength;
        if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
        md5.update(chunk);
        checksum.update(chunk);
        gathered.push(chunk);
        gatheredBytes += chunk.byteLength;
        if (gatheredBytes >= WRITE_BYTES) {
          await writeAll(file, gathered);
          gathered = [];
          gatheredBytes = 0;
        }
      }
      if (gatheredBytes > 0) await writeAll(file, gathered);
      await file.datasync();
      await file.close();
    } catch (error) {
      await file.close();
      await this.remove(blobId);
      throw error;
    }
    const digest = Buffer.from(await checksum.digest()).toString('base64');
    return { blobId, sizeBytes, md5: md5.digest('hex'), checksum: digest };
  }

  /** An open blob stays readable to its end, whatever becomes of its name. Undefined if it has just been replaced. */
  async open(blobId: string): Promise<FileHandle | undefined> {
    try {
      return await open(this.#path(blobId), 'r');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remove(blobId: string): Promise<void> {
    try {
      await unlink(this.#path(blobId));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  /** Deletes what nothing names any more, behind the caller's back: what fails is left to the next start's sweep. */
  discard(blobId: string): void {
    unlink(this.#path(blobId)).catch(() => {});
  }

  #path(blobId: string): string {
    return join(this.#folder, blobId);
  }
}

async function writeAll(file: FileHandle, chunks: readonly Uint8Array[]): Promise<void> {
  const [only, ...others] = chunks;
  if (only === undefined) return;
  const bytes = others.length === 0 ? only : Buffer.concat(chunks);
  for (let written = 0; written < bytes.byteLength; ) {
    written += (await file.write(bytes, written)).bytesWritten;
  }
}

function tooLarge(maxBytes: number): AwsError {
  return new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
    MaxSizeAllowed: maxBytes,
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
