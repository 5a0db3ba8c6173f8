import type { DatabaseSync } from 'node:sqlite';

export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS iam_role (
      name TEXT PRIMARY KEY,
      path TEXT NOT NULL,
      id TEXT NOT NULL,
      created_ms INTEGER NOT NULL,
      trust_policy TEXT NOT NULL,
      description TEXT,
      max_session_s INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS iam_role_tag (
      role_name TEXT NOT NULL REFERENCES iam_role ON DELETE CASCADE,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (role_name, key)
    ) STRICT, WITHOUT ROWID;
    -- No cascade: a role that still has policies cannot be deleted.
    CREATE TABLE IF NOT EXISTS iam_inline_policy (
      role_name TEXT NOT NULL REFERENCES iam_role,
      name TEXT NOT NULL,
      document TEXT NOT NULL,
      PRIMARY KEY (role_name, name)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS iam_attached_policy (
      role_name TEXT NOT NULL REFERENCES iam_role,
      arn TEXT NOT NULL,
      PRIMARY KEY (role_name, arn)
    ) STRICT, WITHOUT ROWID;
  `);
}
