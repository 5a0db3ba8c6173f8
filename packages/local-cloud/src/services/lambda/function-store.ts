import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { type FunctionRecord, functionRecordSchema, LATEST } from './function-record.ts';
import { VersionStore } from './version-store.ts';

/** Functions and their versions, in the shared database and in memory; durable when a method returns. */
export class FunctionStore {
  readonly versions: VersionStore;
  readonly #database: DatabaseSync;
  readonly #functions = new Map<string, FunctionRecord>();
  readonly #write: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(
      'CREATE TABLE IF NOT EXISTS lambda_functions (name TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT',
    );
    this.#write = database.prepare(
      'INSERT INTO lambda_functions (name, record) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET record = excluded.record',
    );
    this.#delete = database.prepare('DELETE FROM lambda_functions WHERE name = ?');
    for (const row of database.prepare('SELECT record FROM lambda_functions').all()) {
      const record = functionRecordSchema.parse(JSON.parse(text(row, 'record')));
      this.#functions.set(record.name, { ...record, version: LATEST });
    }
    this.versions = new VersionStore(database);
  }

  /** The unpublished version, or the one that is named. */
  get(name: string, version: string = LATEST): FunctionRecord | undefined {
    return version === LATEST ? this.#functions.get(name) : this.versions.get(name, version);
  }

  /** What an event waits for (eventTarget). */
  getTarget(target: string): FunctionRecord | undefined {
    const [name = '', version] = target.split(':');
    return this.get(name, version);
  }

  /** By name, in code-unit order. */
  list(): FunctionRecord[] {
    return [...this.#functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Stores a new or changed function, or the changed policy or event settings of a version, under a new revision. */
  put(record: Omit<FunctionRecord, 'revisionId'>): FunctionRecord {
    const revised = { ...record, revisionId: randomUUID() };
    if (revised.version !== LATEST) {
      this.versions.replace(revised);
      return revised;
    }
    const { version: _, ...stored } = revised;
    this.#write.run(revised.name, JSON.stringify(stored));
    this.#functions.set(revised.name, revised);
    return revised;
  }

  /** With all of its versions. */
  delete(name: string): void {
    transaction(this.#database, () => {
      this.#delete.run(name);
      this.versions.deleteAll(name);
    });
    this.#functions.delete(name);
  }

  /** Of the function, which all of its versions share. */
  reservedConcurrencyOf(name: string): number | undefined {
    return this.#functions.get(name)?.reservedConcurrency;
  }

  usesCode(codeSha256: string): boolean {
    return this.list().some((latest) =>
      [latest, ...this.versions.list(latest.name)].some((record) => record.codeSha256 === codeSha256),
    );
  }
}
