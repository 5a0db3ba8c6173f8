import type { DatabaseSync } from 'node:sqlite';

/**
 * Runs `work` so that all of its writes are kept or none. May be called inside another transaction: it is then a savepoint
 * of that one, which alone decides what becomes durable. `work` must be synchronous, so that no other request gets between.
 */
export function transaction<Result>(database: DatabaseSync, work: () => NotAPromise<Result>): Result {
  const [begin, commit, rollback] = database.isTransaction
    ? ['SAVEPOINT nested', 'RELEASE nested', 'ROLLBACK TO nested; RELEASE nested']
    : // IMMEDIATE takes the write lock at once: a transaction that read first could otherwise fail at its first write.
      ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'];
  database.exec(begin);
  try {
    const result = work();
    database.exec(commit);
    return result;
  } catch (error) {
    // SQLite itself has rolled back after some errors (a full disk).
    if (database.isTransaction) database.exec(rollback);
    throw error;
  }
}

/** Work on the database is synchronous, so that no other request gets between. */
export type NotAPromise<Result> = Result extends PromiseLike<unknown> ? never : Result;
