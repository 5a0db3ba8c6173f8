import type { DatabaseSync } from 'node:sqlite';
import { type NotAPromise, transaction } from './transaction.ts';

interface Pending {
  /** Does the work in a savepoint; afterwards tells its caller, whose writes are durable by then. Throws if the group is lost. */
  readonly run: () => () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Writes of concurrent requests in one transaction. SQLite waits for the disk at every commit and Node waits with it, so
 * that eight writers cost eight waits one by one; here those that arrive in the same turn of the event loop share one.
 * Each work is still all or nothing and sees what the ones before it wrote.
 */
export class GroupCommit {
  readonly #database: DatabaseSync;
  #pending: Pending[] = [];

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Resolves when the work is durable; rejects with what it threw, its writes undone. */
  commit<Result>(work: () => NotAPromise<Result>): Promise<Result> {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    const run = (): (() => void) => {
      try {
        const result = transaction<Result>(this.#database, work);
        return () => resolve(result);
      } catch (error) {
        // Some errors (a full disk) make SQLite roll back all of the group: what would follow would be kept by itself.
        if (!this.#database.isTransaction) throw error;
        return () => reject(error);
      }
    };
    if (this.#pending.length === 0) setImmediate(() => this.#flush());
    this.#pending.push({ run, reject });
    return promise;
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = [];
    try {
      const settle = transaction(this.#database, () => pending.map(({ run }) => run()));
      for (const tell of settle) tell();
    } catch (error) {
      // The commit failed, or SQLite gave up the transaction before: nothing of the group was kept.
      for (const { reject } of pending) reject(error);
    }
  }
}
