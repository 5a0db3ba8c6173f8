import type { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';
import { text } from '../../../storage/row.ts';
import { transaction } from '../../../storage/transaction.ts';
import { createTables } from './tables.ts';

/** The records of one protocol's APIs. */
export interface Apis<Api> {
  get(apiId: string): Api | undefined;
  /** In the order of their creation. */
  list(): Api[];
  put(apiId: string, api: Api): void;
  delete(apiId: string): void;
}

/** The records of one kind within an API. */
export interface Parts<Part> {
  get(apiId: string, id: string): Part | undefined;
  /** In the order of their creation. */
  list(apiId: string): Part[];
  put(apiId: string, id: string, part: Part): void;
  delete(apiId: string, id: string): void;
}

/** What both kinds of APIs are kept in: JSON records in the shared database, checked when they are read. */
export class ApiState {
  readonly #database: DatabaseSync;
  /** Changes with every write: what was made of the records before is stale. */
  revision = 0;

  constructor(database: DatabaseSync) {
    createTables(database);
    this.#database = database;
  }

  /** All of the writes or none. */
  change<Result>(work: () => Result extends PromiseLike<unknown> ? never : Result): Result {
    return transaction(this.#database, work);
  }

  apis<Schema extends z.ZodType>(protocol: 'HTTP' | 'REST', schema: Schema): Apis<z.output<Schema>> {
    const select = this.#database.prepare('SELECT record FROM apigateway_api WHERE id = ? AND protocol = ?');
    const selectAll = this.#database.prepare(
      'SELECT record FROM apigateway_api WHERE protocol = ? ORDER BY rowid',
    );
    const write = this.#database.prepare(
      'INSERT INTO apigateway_api (id, protocol, record) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record',
    );
    const remove = this.#database.prepare('DELETE FROM apigateway_api WHERE id = ?');
    return {
      get: (apiId) => {
        const row = select.get(apiId, protocol);
        return row === undefined ? undefined : schema.parse(JSON.parse(text(row, 'record')));
      },
      list: () => selectAll.all(protocol).map((row) => schema.parse(JSON.parse(text(row, 'record')))),
      put: (apiId, api) => this.#written(() => write.run(apiId, protocol, JSON.stringify(api))),
      delete: (apiId) => this.#written(() => remove.run(apiId)),
    };
  }

  parts<Schema extends z.ZodType>(kind: string, schema: Schema): Parts<z.output<Schema>> {
    const select = this.#database.prepare(
      'SELECT record FROM apigateway_part WHERE api_id = ? AND kind = ? AND id = ?',
    );
    const selectAll = this.#database.prepare(
      'SELECT record FROM apigateway_part WHERE api_id = ? AND kind = ? ORDER BY rowid',
    );
    const write = this.#database.prepare(
      'INSERT INTO apigateway_part (api_id, kind, id, record) VALUES (?, ?, ?, ?) ON CONFLICT (api_id, kind, id) DO UPDATE SET record = excluded.record',
    );
    const remove = this.#database.prepare(
      'DELETE FROM apigateway_part WHERE api_id = ? AND kind = ? AND id = ?',
    );
    return {
      get: (apiId, id) => {
        const row = select.get(apiId, kind, id);
        return row === undefined ? undefined : schema.parse(JSON.parse(text(row, 'record')));
      },
      list: (apiId) => selectAll.all(apiId, kind).map((row) => schema.parse(JSON.parse(text(row, 'record')))),
      put: (apiId, id, part) => this.#written(() => write.run(apiId, kind, id, JSON.stringify(part))),
      delete: (apiId, id) => this.#written(() => remove.run(apiId, kind, id)),
    };
  }

  #written(write: () => unknown): void {
    this.revision += 1;
    write();
  }
}
