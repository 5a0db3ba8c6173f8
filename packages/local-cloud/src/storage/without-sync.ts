import type { DatabaseSync } from 'node:sqlite';
import type { NotAPromise } from './transaction.ts';

/**
 * Runs writes that must survive a kill of the cloud but not a power cut, without waiting for the disk: log lines, and the
 * forgetting of what is finished (which a power cut would only make happen again). They become safe from a power cut with
 * the next transaction that is synced. Inside a transaction it is that one that decides.
 */
export function withoutSync<Result>(database: DatabaseSync, work: () => NotAPromise<Result>): Result {
  if (database.isTransaction) return work();
  database.exec('PRAGMA synchronous = NORMAL');
  try {
    return work();
  } finally {
    database.exec('PRAGMA synchronous = FULL');
  }
}
