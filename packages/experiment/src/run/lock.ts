import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { RunFolderError } from '../errors.ts';

export const lockName = 'run.lock';

/** Covers the last moments of a process that was just killed, and who only asks whether the folder is locked. */
const patienceMs = 200;

/**
 * Does `work` as the only one that writes to the folder, on this machine. The lock is SQLite's on an empty file: the
 * kernel lifts it however its process ends, so that a killed run can be resumed at once and no stale lock is left.
 */
export async function withRunLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const lock = takeLock(folder, patienceMs);
  if (lock === undefined) {
    throw new RunFolderError(
      folder,
      'another process is running or deriving this run. Wait until it has ended, or stop it.',
    );
  }
  try {
    return await work();
  } finally {
    lock.close();
  }
}

/** Whether somebody works in the folder now. */
export function isLocked(folder: string): boolean {
  if (!existsSync(join(folder, lockName))) return false;
  const lock = takeLock(folder, 0);
  lock?.close();
  return lock === undefined;
}

function takeLock(folder: string, timeout: number): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, lockName), { timeout });
    // Without a journal nothing but the lock file itself is written.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    if (isBusy(cause)) return undefined;
    throw new RunFolderError(folder, `${lockName} could not be locked. Is the folder there, and writable?`, {
      cause,
    });
  }
}

/** SQLITE_BUSY and its extended codes. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
