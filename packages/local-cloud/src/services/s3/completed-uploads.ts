import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { CHECKSUM_ALGORITHMS } from '../../protocol/checksum.ts';
import type { Address } from './names.ts';
import { checksumTypeSchema, type StoredChecksum } from './stored-object.ts';

/** What the answer to a completion is made of. */
export interface CompletedUpload {
  readonly address: Address;
  readonly etag: string;
  readonly checksum: StoredChecksum;
}

/** S3 does not say for how long it remembers; clients ask again within minutes. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

const rowSchema = z.strictObject({
  etag: z.string(),
  checksum_algorithm: z.enum(CHECKSUM_ALGORITHMS),
  checksum_type: checksumTypeSchema,
  checksum: z.string(),
});

/** Uploads that were completed lately, so that a client that lost the answer to a completion can ask for it again. */
export class CompletedUploads {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync, nowMs: number) {
    this.#database = database;
    database.prepare('DELETE FROM s3_completed_uploads WHERE completed_ms < ?').run(nowMs - REMEMBERED_MS);
  }

  /** To be called in the transaction that completes. `parts` is any text that tells one list of parts from another. */
  put(uploadId: string, parts: string, { address, etag, checksum }: CompletedUpload, nowMs: number): void {
    this.#database
      .prepare('INSERT INTO s3_completed_uploads VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        uploadId,
        address.bucket,
        Buffer.from(address.key),
        parts,
        etag,
        checksum.algorithm,
        checksum.type,
        checksum.value,
        nowMs,
      );
  }

  /** The completion of this upload at this address with these parts, if that is how it was completed. */
  find(uploadId: string, address: Address, parts: string): CompletedUpload | undefined {
    const row = this.#database
      .prepare(
        `SELECT etag, checksum_algorithm, checksum_type, checksum FROM s3_completed_uploads
         WHERE upload_id = ? AND bucket = ? AND key = ? AND parts = ?`,
      )
      .get(uploadId, address.bucket, Buffer.from(address.key), parts);
    if (row === undefined) return undefined;
    const {
      etag,
      checksum_algorithm: algorithm,
      checksum_type: type,
      checksum,
    } = rowSchema.parse({ ...row });
    return { address, etag, checksum: { algorithm, type, value: checksum } };
  }
}
