import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { z } from 'zod';
import { CHECKSUM_ALGORITHMS, type ChecksumAlgorithm } from '../../protocol/checksum.ts';
import {
  type ChecksumType,
  checksumTypeSchema,
  type ObjectHeaders,
  objectHeadersSchema,
} from './stored-object.ts';

export interface Upload {
  readonly uploadId: string;
  readonly bucket: string;
  readonly key: string;
  readonly initiatedMs: number;
  readonly checksumAlgorithm: ChecksumAlgorithm;
  readonly checksumType: ChecksumType;
  /** Whether the client chose the algorithm; then its parts must use it too. */
  readonly checksumDeclared: boolean;
  readonly headers: ObjectHeaders;
  /** The key was written or deleted since: a conditional completion must answer ConditionalRequestConflict. */
  readonly overtaken: boolean;
}

export interface UploadedPart {
  readonly partNumber: number;
  readonly blobId: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly checksum: string;
  readonly lastModifiedMs: number;
}

const uploadRow = z.strictObject({
  upload_id: z.string(),
  bucket: z.string(),
  key: z.instanceof(Uint8Array),
  initiated_ms: z.int(),
  checksum_algorithm: z.enum(CHECKSUM_ALGORITHMS),
  checksum_type: checksumTypeSchema,
  checksum_declared: z.int(),
  headers: z.string(),
  overtaken: z.int(),
});

const partRow = z.strictObject({
  upload_id: z.string(),
  part_number: z.int(),
  blob_id: z.string(),
  size_bytes: z.int(),
  etag: z.string(),
  checksum: z.string(),
  last_modified_ms: z.int(),
});

/** Multipart uploads in progress and their parts. */
export class UploadTable {
  readonly #database: DatabaseSync;
  /** Prepared once: every write of any object runs it. */
  readonly #markOvertaken: StatementSync;
  readonly #part: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#markOvertaken = database.prepare(
      'UPDATE s3_uploads SET overtaken = 1 WHERE bucket = ? AND key = ?',
    );
    this.#part = database.prepare('SELECT * FROM s3_parts WHERE upload_id = ? AND part_number = ?');
  }

  get(uploadId: string): Upload | undefined {
    const row = this.#database.prepare('SELECT * FROM s3_uploads WHERE upload_id = ?').get(uploadId);
    return row === undefined ? undefined : uploadOfRow(row);
  }

  /** By key, then by upload id, as ListMultipartUploads has them. */
  list(bucket: string): Upload[] {
    return this.#database
      .prepare('SELECT * FROM s3_uploads WHERE bucket = ? ORDER BY key, upload_id')
      .all(bucket)
      .map(uploadOfRow);
  }

  put(upload: Upload): void {
    this.#database
      .prepare(
        `INSERT INTO s3_uploads (upload_id, bucket, key, initiated_ms, checksum_algorithm, checksum_type, checksum_declared, headers)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        upload.uploadId,
        upload.bucket,
        Buffer.from(upload.key),
        upload.initiatedMs,
        upload.checksumAlgorithm,
        upload.checksumType,
        upload.checksumDeclared ? 1 : 0,
        JSON.stringify(upload.headers),
      );
  }

  /** With its parts' rows; their blobs are the caller's. */
  delete(uploadId: string): void {
    this.#database.prepare('DELETE FROM s3_uploads WHERE upload_id = ?').run(uploadId);
  }

  markOvertaken(bucket: string, key: string): void {
    this.#markOvertaken.run(bucket, Buffer.from(key));
  }

  parts(uploadId: string): UploadedPart[] {
    return this.#database
      .prepare('SELECT * FROM s3_parts WHERE upload_id = ? ORDER BY part_number')
      .all(uploadId)
      .map(partOfRow);
  }

  part(uploadId: string, partNumber: number): UploadedPart | undefined {
    const row = this.#part.get(uploadId, partNumber);
    return row === undefined ? undefined : partOfRow(row);
  }

  putPart(uploadId: string, part: UploadedPart): void {
    this.#database
      .prepare(
        `INSERT OR REPLACE INTO s3_parts (upload_id, part_number, blob_id, size_bytes, etag, checksum, last_modified_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        uploadId,
        part.partNumber,
        part.blobId,
        part.sizeBytes,
        part.etag,
        part.checksum,
        part.lastModifiedMs,
      );
  }
}

function uploadOfRow(row: object): Upload {
  const parsed = uploadRow.parse({ ...row });
  return {
    uploadId: parsed.upload_id,
    bucket: parsed.bucket,
    key: Buffer.from(parsed.key).toString('utf8'),
    initiatedMs: parsed.initiated_ms,
    checksumAlgorithm: parsed.checksum_algorithm,
    checksumType: parsed.checksum_type,
    checksumDeclared: parsed.checksum_declared === 1,
    headers: objectHeadersSchema.parse(JSON.parse(parsed.headers)),
    overtaken: parsed.overtaken === 1,
  };
}

function partOfRow(row: object): UploadedPart {
  const part = partRow.parse({ ...row });
  return {
    partNumber: part.part_number,
    blobId: part.blob_id,
    sizeBytes: part.size_bytes,
    etag: part.etag,
    checksum: part.checksum,
    lastModifiedMs: part.last_modified_ms,
  };
}
