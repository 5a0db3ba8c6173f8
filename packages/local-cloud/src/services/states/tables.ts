import type { DatabaseSync } from 'node:sqlite';

/**
 * A machine is a name with a revision that is current; an execution keeps the revision that it was started with. Express
 * executions leave no rows. An execution's events are read by id, so that every page and every batch costs the same.
 */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS states_machine (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      type TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      tags TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS states_revision (
      id INTEGER PRIMARY KEY,
      machine_id INTEGER NOT NULL REFERENCES states_machine ON DELETE CASCADE,
      revision_id TEXT,
      updated_ms INTEGER NOT NULL,
      role_arn TEXT NOT NULL,
      definition TEXT NOT NULL,
      logging TEXT NOT NULL,
      is_traced INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS states_revision_by_machine ON states_revision (machine_id, id);
    CREATE TABLE IF NOT EXISTS states_execution (
      id INTEGER PRIMARY KEY,
      machine_id INTEGER NOT NULL REFERENCES states_machine ON DELETE CASCADE,
      revision INTEGER NOT NULL REFERENCES states_revision,
      name TEXT NOT NULL,
      status TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      stopped_ms INTEGER,
      input TEXT NOT NULL,
      output TEXT,
      error TEXT,
      cause TEXT,
      UNIQUE (machine_id, name)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS states_execution_by_machine ON states_execution (machine_id, id);
    CREATE INDEX IF NOT EXISTS states_execution_by_status ON states_execution (status, machine_id, id);
    CREATE INDEX IF NOT EXISTS states_execution_by_revision ON states_execution (revision);
    CREATE TABLE IF NOT EXISTS states_event (
      execution_id INTEGER NOT NULL REFERENCES states_execution ON DELETE CASCADE,
      id INTEGER NOT NULL,
      previous_id INTEGER NOT NULL,
      timestamp_ms INTEGER NOT NULL,
      type TEXT NOT NULL,
      details_key TEXT,
      details TEXT,
      PRIMARY KEY (execution_id, id)
    ) STRICT, WITHOUT ROWID;
  `);
}
