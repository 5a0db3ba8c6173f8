import { z } from 'zod';
import { CHECKSUM_ALGORITHMS } from '../../protocol/checksum.ts';

/** The headers that travel with an object, and the client's own x-amz-meta-*. */
export const objectHeadersSchema = z.strictObject({
  contentType: z.string().optional(),
  cacheControl: z.string().optional(),
  contentDisposition: z.string().optional(),
  contentEncoding: z.string().optional(),
  contentLanguage: z.string().optional(),
  /** As the client wrote it: S3 keeps the text and reads no date out of it. */
  expires: z.string().optional(),
  metadata: z.record(z.string(), z.string()),
});
export type ObjectHeaders = z.infer<typeof objectHeadersSchema>;

const partsSchema = z.array(
  z.strictObject({ partNumber: z.int(), sizeBytes: z.int(), checksum: z.string() }),
);
export type ObjectParts = z.infer<typeof partsSchema>;

export const checksumTypeSchema = z.enum(['FULL_OBJECT', 'COMPOSITE']);
export type ChecksumType = z.infer<typeof checksumTypeSchema>;

export interface StoredChecksum {
  readonly algorithm: (typeof CHECKSUM_ALGORITHMS)[number];
  readonly type: ChecksumType;
  /** Base64, with `-N` behind it where it is a checksum of N part checksums. */
  readonly value: string;
}

export interface StoredObject {
  readonly key: string;
  readonly blobId: string;
  readonly sizeBytes: number;
  /** Without quotes. */
  readonly etag: string;
  readonly lastModifiedMs: number;
  readonly checksum: StoredChecksum;
  readonly headers: ObjectHeaders;
  /** Only of an object that came in parts. */
  readonly parts: ObjectParts | undefined;
}

const rowSchema = z.strictObject({
  key: z.instanceof(Uint8Array),
  blob_id: z.string(),
  size_bytes: z.int(),
  etag: z.string(),
  last_modified_ms: z.int(),
  checksum_algorithm: z.enum(CHECKSUM_ALGORITHMS),
  checksum_type: checksumTypeSchema,
  checksum: z.string(),
  headers: z.string(),
  parts: z.string().nullable(),
});

export function objectOfRow(row: unknown): StoredObject {
  const parsed = rowSchema.parse(row);
  return {
    key: Buffer.from(parsed.key).toString('utf8'),
    blobId: parsed.blob_id,
    sizeBytes: parsed.size_bytes,
    etag: parsed.etag,
    lastModifiedMs: parsed.last_modified_ms,
    checksum: { algorithm: parsed.checksum_algorithm, type: parsed.checksum_type, value: parsed.checksum },
    headers: objectHeadersSchema.parse(JSON.parse(parsed.headers)),
    parts: parsed.parts === null ? undefined : partsSchema.parse(JSON.parse(parsed.parts)),
  };
}
