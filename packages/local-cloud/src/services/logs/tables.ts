import type { DatabaseSync } from 'node:sqlite';

/** AWS counts every event as its UTF-8 text plus this many bytes. */
export const EVENT_OVERHEAD_BYTES = 26;

/** Events are read by time within a group (FilterLogEvents) or a stream (GetLogEvents); the id breaks ties in order of arrival. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS log_group (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      created_ms INTEGER NOT NULL,
      retention_days INTEGER,
      stored_bytes INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE IF NOT EXISTS log_group_tag (
      group_id INTEGER NOT NULL REFERENCES log_group ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (group_id, key)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS log_stream (
      id INTEGER PRIMARY KEY,
      group_id INTEGER NOT NULL REFERENCES log_group ON DELETE CASCADE,
      name TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      first_event_ms INTEGER,
      last_event_ms INTEGER,
      last_ingestion_ms INTEGER,
      UNIQUE (group_id, name)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS log_event (
      id INTEGER PRIMARY KEY,
      group_id INTEGER NOT NULL REFERENCES log_group ON DELETE CASCADE,
      stream_id INTEGER NOT NULL REFERENCES log_stream ON DELETE CASCADE,
      timestamp_ms INTEGER NOT NULL,
      ingestion_ms INTEGER NOT NULL,
      message TEXT NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS log_event_by_group ON log_event (group_id, timestamp_ms, id);
    CREATE INDEX IF NOT EXISTS log_event_by_stream ON log_event (stream_id, timestamp_ms, id);
  `);
}
