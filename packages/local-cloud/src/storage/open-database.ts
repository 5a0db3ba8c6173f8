import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Raised when the tables of any service change in a way that an older cloud could not read.
 * Services create their own tables (CREATE TABLE IF NOT EXISTS) when they are made.
 */
export const SCHEMA_VERSION = 1;

/** Marks the file as ours (`sqlite3 header, application_id`): "SkyG" in ASCII. */
const APPLICATION_ID = 0x536b7947;

/** Covers the last moments of a cloud that was just killed: its lock goes when the kernel has ended it. */
const BUSY_TIMEOUT_MS = 1_000;

export class StateFolderError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StateFolderError';
  }
}

/** Another process (or another cloud of this one) has the folder open. */
export class StateFolderInUseError extends StateFolderError {
  constructor(stateDir: string, options?: ErrorOptions) {
    super(
      `the state folder ${stateDir} is in use by another local cloud; one folder serves one cloud at a time.`,
      options,
    );
    this.name = 'StateFolderInUseError';
  }
}

/**
 * Opens (or makes) `<stateDir>/state.db`. WAL with synchronous FULL: a transaction that returned survives kill -9 and a
 * power cut. The file is locked exclusively until it is closed: that lock, which the kernel lifts however its process ends,
 * is what makes one folder serve one cloud. Throws a StateFolderError for a folder that cannot be used.
 */
export function openDatabase(stateDir: string): DatabaseSync {
  const path = join(stateDir, 'state.db');
  const database = openFile(stateDir, path);
  try {
    database.exec(`
      PRAGMA locking_mode = EXCLUSIVE;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
    `);
    if (isFresh(database)) {
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${SCHEMA_VERSION};`);
    }
    checkVersion(database, path);
    return database;
  } catch (error) {
    database.close();
    throw asStateFolderError(error, stateDir, path);
  }
}

/**
 * Whether an existing `<stateDir>/state.db` could be opened and is whole; changes nothing in it. Throws a StateFolderError that says
 * why not, a StateFolderInUseError while a cloud serves it.
 */
export function checkDatabase(stateDir: string): void {
  const path = join(stateDir, 'state.db');
  let database: DatabaseSync | undefined;
  try {
    // Not opened for reading only: SQLite could then not read the log of a cloud that was killed without leaving files behind.
    database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    if (isFresh(database)) return;
    checkVersion(database, path);
    const found = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (found !== 'ok') throw new StateFolderError(`${path} is damaged: ${String(found)}`);
  } catch (error) {
    throw asStateFolderError(error, stateDir, path);
  } finally {
    database?.close();
  }
}

function asStateFolderError(error: unknown, stateDir: string, path: string): StateFolderError {
  if (error instanceof StateFolderError) return error;
  if (isBusy(error)) return new StateFolderInUseError(stateDir, { cause: error });
  return new StateFolderError(`${path} cannot be read as the embedded cloud's database: ${message(error)}`, {
    cause: error,
  });
}

function openFile(stateDir: string, path: string): DatabaseSync {
  try {
    mkdirSync(stateDir, { recursive: true, mode: 0o700 });
    const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
    // Function environments may hold secrets of the user.
    chmodSync(path, 0o600);
    return database;
  } catch (error) {
    throw new StateFolderError(`the state folder ${stateDir} cannot be opened: ${message(error)}`, {
      cause: error,
    });
  }
}

/** Just made, or by a cloud that was killed before it could mark it. */
function isFresh(database: DatabaseSync): boolean {
  return pragma(database, 'application_id') === 0 && pragma(database, 'user_version') === 0;
}

function checkVersion(database: DatabaseSync, path: string): void {
  const applicationId = pragma(database, 'application_id');
  const version = pragma(database, 'user_version');
  if (applicationId !== APPLICATION_ID) {
    throw new StateFolderError(
      `${path} is a SQLite database of another program. Choose another state folder.`,
    );
  }
  if (version !== SCHEMA_VERSION) {
    throw new StateFolderError(
      `${path} has schema version ${version}, this Skyground reads version ${SCHEMA_VERSION}. ` +
        'Use the Skyground that wrote it, or another state folder.',
    );
  }
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);
}

const SQLITE_BUSY = 5;

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
