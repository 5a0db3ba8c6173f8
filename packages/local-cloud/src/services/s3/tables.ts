import type { DatabaseSync } from 'node:sqlite';

/**
 * Keys are kept as UTF-8 bytes: SQLite orders BLOBs by memcmp, which is S3's own order, and a key may hold any byte.
 * An object's bytes are the file that blob_id names (blob-store.ts).
 */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS s3_buckets (
      name TEXT PRIMARY KEY,
      created_ms INTEGER NOT NULL,
      tags TEXT NOT NULL DEFAULT '[]',
      notifications TEXT NOT NULL DEFAULT '[]'
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS s3_objects (
      bucket TEXT NOT NULL REFERENCES s3_buckets (name),
      key BLOB NOT NULL,
      blob_id TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      etag TEXT NOT NULL,
      last_modified_ms INTEGER NOT NULL,
      checksum_algorithm TEXT NOT NULL,
      checksum_type TEXT NOT NULL,
      checksum TEXT NOT NULL,
      headers TEXT NOT NULL,
      parts TEXT,
      PRIMARY KEY (bucket, key)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS s3_uploads (
      upload_id TEXT PRIMARY KEY,
      bucket TEXT NOT NULL REFERENCES s3_buckets (name) ON DELETE CASCADE,
      key BLOB NOT NULL,
      initiated_ms INTEGER NOT NULL,
      checksum_algorithm TEXT NOT NULL,
      checksum_type TEXT NOT NULL,
      checksum_declared INTEGER NOT NULL,
      headers TEXT NOT NULL,
      overtaken INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS s3_uploads_by_key ON s3_uploads (bucket, key, upload_id);

    CREATE TABLE IF NOT EXISTS s3_parts (
      upload_id TEXT NOT NULL REFERENCES s3_uploads (upload_id) ON DELETE CASCADE,
      part_number INTEGER NOT NULL,
      blob_id TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      etag TEXT NOT NULL,
      checksum TEXT NOT NULL,
      last_modified_ms INTEGER NOT NULL,
      PRIMARY KEY (upload_id, part_number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE IF NOT EXISTS s3_completed_uploads (
      upload_id TEXT PRIMARY KEY,
      bucket TEXT NOT NULL REFERENCES s3_buckets (name) ON DELETE CASCADE,
      key BLOB NOT NULL,
      parts TEXT NOT NULL,
      etag TEXT NOT NULL,
      checksum_algorithm TEXT NOT NULL,
      checksum_type TEXT NOT NULL,
      checksum TEXT NOT NULL,
      completed_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS s3_completed_uploads_by_bucket ON s3_completed_uploads (bucket);

    CREATE TABLE IF NOT EXISTS s3_sequence (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      last INTEGER NOT NULL
    ) STRICT;
    INSERT OR IGNORE INTO s3_sequence (only_row, last) VALUES (1, 0);
  `);
}
