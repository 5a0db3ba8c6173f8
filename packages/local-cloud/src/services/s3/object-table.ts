import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { objectOfRow, type StoredObject } from './stored-object.ts';

const COLUMNS =
  'key, blob_id, size_bytes, etag, last_modified_ms, checksum_algorithm, checksum_type, checksum, headers, parts';

/** Rows of one bucket's objects, in S3's order. */
export class ObjectTable {
  readonly #select: StatementSync;
  readonly #replace: StatementSync;
  readonly #delete: StatementSync;
  readonly #range: StatementSync;
  readonly #any: StatementSync;

  constructor(database: DatabaseSync) {
    this.#select = database.prepare(`SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key = ?`);
    this.#replace = database.prepare(
      `INSERT OR REPLACE INTO s3_objects (bucket, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#delete = database.prepare('DELETE FROM s3_objects WHERE bucket = ? AND key = ?');
    this.#range = database.prepare(
      `SELECT ${COLUMNS} FROM s3_objects WHERE bucket = ? AND key >= ? AND (?3 IS NULL OR key < ?3) ORDER BY key LIMIT ?4`,
    );
    this.#any = database.prepare('SELECT 1 FROM s3_objects WHERE bucket = ? LIMIT 1');
  }

  get(bucket: string, key: string): StoredObject | undefined {
    const row = this.#select.get(bucket, Buffer.from(key));
    return row === undefined ? undefined : objectOfRow({ ...row });
  }

  put(bucket: string, object: StoredObject): void {
    this.#replace.run(
      bucket,
      Buffer.from(object.key),
      object.blobId,
      object.sizeBytes,
      object.etag,
      object.lastModifiedMs,
      object.checksum.algorithm,
      object.checksum.type,
      object.checksum.value,
      JSON.stringify(object.headers),
      object.parts === undefined ? null : JSON.stringify(object.parts),
    );
  }

  delete(bucket: string, key: string): void {
    this.#delete.run(bucket, Buffer.from(key));
  }

  /** Objects with from <= key < before, at most `limit`. */
  range(bucket: string, from: Uint8Array, before: Uint8Array | undefined, limit: number): StoredObject[] {
    return this.#range.all(bucket, from, before ?? null, limit).map((row) => objectOfRow({ ...row }));
  }

  isEmpty(bucket: string): boolean {
    return this.#any.get(bucket) === undefined;
  }
}
