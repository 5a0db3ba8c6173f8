import { existsSync, lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
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
export function withRunLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const problem = 'another process is running or deriving this run. Wait until it has ended, or stop it.';
  const checked = async () => {
    await refuseLinks(folder);
    return work();
  };
  return withLock(folder, lockName, checked, async () => new RunFolderError(folder, problem));
}

/** The same with a lock of any name in any folder; `refusal` is thrown where somebody else holds it. */
export async function withLock<Result>(
  folder: string,
  name: string,
  work: () => Promise<Result>,
  refusal: () => Promise<Error>,
): Promise<Result> {
  const lock = takeLock(folder, name, patienceMs);
  if (lock === undefined) throw await refusal();
  try {
    return await work();
  } finally {
    lock.close();
  }
}

/**
 * A run folder may come from somebody else. Through a link in the place of a file of ours, what we append or tidy up would be the
 * person's own files elsewhere.
 */
async function refuseLinks(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() && !entry.isDirectory()) throw neitherFileNorFolder(folder, entry.name);
  }
}

function neitherFileNorFolder(folder: string, name: string): RunFolderError {
  const problem = `${name} is neither a file nor a folder. Nothing is written beside a link: remove it.`;
  return new RunFolderError(folder, problem);
}

/** Whether somebody works in the folder now. */
export function isLocked(folder: string): boolean {
  if (!existsSync(join(folder, lockName))) return false;
  const lock = takeLock(folder, lockName, 0);
  lock?.close();
  return lock === undefined;
}

function takeLock(folder: string, name: string, timeout: number): DatabaseSync | undefined {
  const existing = lstatSync(join(folder, name), { throwIfNoEntry: false });
  if (existing !== undefined && !existing.isFile()) throw neitherFileNorFolder(folder, name);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(folder, name), { timeout });
    // Without a journal nothing but the lock file itself is written.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    return database;
  } catch (cause) {
    database?.close();
    if (isBusy(cause)) return undefined;
    throw new RunFolderError(folder, `${name} could not be locked. Is the folder there, and writable?`, {
      cause,
    });
  }
}

/** SQLITE_BUSY and its extended codes. */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}
