import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { integer, type Row, text } from '../../storage/row.ts';

export interface ProvisionedConfig {
  readonly name: string;
  /** A number: only published versions have provisioned environments. */
  readonly version: string;
  readonly environments: number;
  readonly lastModifiedMs: number;
}

/** How many environments are to be kept ready for which versions. The environments themselves end with the cloud. */
export class ProvisionedStore {
  readonly #put: StatementSync;
  readonly #delete: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #get: StatementSync;
  readonly #list: StatementSync;
  readonly #all: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(`CREATE TABLE IF NOT EXISTS lambda_provisioned (
      name TEXT NOT NULL, version INTEGER NOT NULL, environments INTEGER NOT NULL, last_modified_ms INTEGER NOT NULL,
      PRIMARY KEY (name, version)
    ) STRICT, WITHOUT ROWID`);
    this.#put = database.prepare('INSERT OR REPLACE INTO lambda_provisioned VALUES (?, ?, ?, ?)');
    this.#delete = database.prepare('DELETE FROM lambda_provisioned WHERE name = ? AND version = ?');
    this.#deleteAll = database.prepare('DELETE FROM lambda_provisioned WHERE name = ?');
    this.#get = database.prepare('SELECT * FROM lambda_provisioned WHERE name = ? AND version = ?');
    this.#list = database.prepare('SELECT * FROM lambda_provisioned WHERE name = ? ORDER BY version');
    this.#all = database.prepare('SELECT * FROM lambda_provisioned ORDER BY name, version');
  }

  put({ name, version, environments, lastModifiedMs }: ProvisionedConfig): void {
    this.#put.run(name, Number(version), environments, lastModifiedMs);
  }

  get(name: string, version: string): ProvisionedConfig | undefined {
    const row = this.#get.get(name, Number(version));
    return row === undefined ? undefined : provisionedConfig(row);
  }

  /** Of a function's versions, ascending. */
  list(name: string): ProvisionedConfig[] {
    return this.#list.all(name).map(provisionedConfig);
  }

  all(): ProvisionedConfig[] {
    return this.#all.all().map(provisionedConfig);
  }

  delete(name: string, version: string): void {
    this.#delete.run(name, Number(version));
  }

  deleteAll(name: string): void {
    this.#deleteAll.run(name);
  }
}

function provisionedConfig(row: Row): ProvisionedConfig {
  return {
    name: text(row, 'name'),
    version: String(integer(row, 'version')),
    environments: integer(row, 'environments'),
    lastModifiedMs: integer(row, 'last_modified_ms'),
  };
}
