import type { DatabaseSync } from 'node:sqlite';

/**
 * A series is one metric of one combination of dimensions. Each of its minutes has the statistics that CloudWatch keeps,
 * exact, and how often each value came, which is what percentiles are made of.
 */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS metric_series (
      id INTEGER PRIMARY KEY,
      namespace TEXT NOT NULL,
      name TEXT NOT NULL,
      dimensions TEXT NOT NULL, -- JSON: [[name, value], ...] by name
      unit TEXT NOT NULL,
      UNIQUE (namespace, name, dimensions, unit)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS metric_minute (
      series_id INTEGER NOT NULL REFERENCES metric_series ON DELETE CASCADE,
      minute_ms INTEGER NOT NULL,
      samples INTEGER NOT NULL,
      total REAL NOT NULL,
      minimum REAL NOT NULL,
      maximum REAL NOT NULL,
      PRIMARY KEY (series_id, minute_ms)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS metric_value (
      series_id INTEGER NOT NULL REFERENCES metric_series ON DELETE CASCADE,
      minute_ms INTEGER NOT NULL,
      value REAL NOT NULL,
      samples INTEGER NOT NULL,
      PRIMARY KEY (series_id, minute_ms, value)
    ) STRICT, WITHOUT ROWID;
  `);
}
