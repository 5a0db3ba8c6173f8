import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { text } from '../../storage/row.ts';
import { type FunctionRecord, functionRecordSchema } from './function-record.ts';

/** Functions, in the shared database and in memory; durable when a method returns. */
export class FunctionStore {
  readonly #functions = new Map<string, FunctionRecord>();
  readonly #write: StatementSync;
  readonly #delete: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(
      'CREATE TABLE IF NOT EXISTS lambda_functions (name TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT',
    );
    this.#write = database.prepare(
      'INSERT INTO lambda_functions (name, record) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET record = excluded.record',
    );
    this.#delete = database.prepare('DELETE FROM lambda_functions WHERE name = ?');
    for (const row of database.prepare('SELECT record FROM lambda_functions').all()) {
      const record = functionRecordSchema.parse(JSON.parse(text(row, 'record')));
      this.#functions.set(record.name, record);
    }
  }

  get(name: string): FunctionRecord | undefined {
    return this.#functions.get(name);
  }

  /** By name, in code-unit order. */
  list(): FunctionRecord[] {
    return [...this.#functions.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Stores a new or changed function under a new revision. */
  put(record: Omit<FunctionRecord, 'revisionId'>): FunctionRecord {
    const revised = { ...record, revisionId: randomUUID() };
    this.#write.run(revised.name, JSON.stringify(revised));
    this.#functions.set(revised.name, revised);
    return revised;
  }

  delete(name: string): void {
    this.#delete.run(name);
    this.#functions.delete(name);
  }

  reservedConcurrency(): number {
    return this.list().reduce((sum, record) => sum + (record.reservedConcurrency ?? 0), 0);
  }

  usesCode(codeSha256: string): boolean {
    return this.list().some((record) => record.codeSha256 === codeSha256);
  }
}
