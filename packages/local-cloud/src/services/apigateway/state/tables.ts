import type { DatabaseSync } from 'node:sqlite';

/** Everything else of an API (routes, resources, stages, deployments) is a part of it and goes with it. */
export function createTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS apigateway_api (
      id TEXT PRIMARY KEY,
      protocol TEXT NOT NULL,
      record TEXT NOT NULL
    ) STRICT;
    CREATE TABLE IF NOT EXISTS apigateway_part (
      api_id TEXT NOT NULL REFERENCES apigateway_api ON DELETE CASCADE,
      kind TEXT NOT NULL,
      id TEXT NOT NULL,
      record TEXT NOT NULL,
      PRIMARY KEY (api_id, kind, id)
    ) STRICT;
  `);
}
