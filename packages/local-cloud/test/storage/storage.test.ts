import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  openDatabase,
  SCHEMA_VERSION,
  StateFolderError,
  StateFolderInUseError,
} from '../../src/storage/open-database.ts';
import { transaction } from '../../src/storage/transaction.ts';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'skyground-storage-'));
});
afterEach(() => rmSync(stateDir, { recursive: true, force: true }));

describe('openDatabase', () => {
  it('keeps every commit: WAL, synchronous FULL, foreign keys on', () => {
    const database = openDatabase(join(stateDir, 'new', 'folder'));
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(database.prepare('PRAGMA foreign_keys').get()).toEqual({ foreign_keys: 1 });
    database.close();
  });

  it('opens what it wrote', () => {
    const first = openDatabase(stateDir);
    first.exec("CREATE TABLE kept (value TEXT); INSERT INTO kept VALUES ('still here')");
    first.close();
    const second = openDatabase(stateDir);
    expect(second.prepare('SELECT value FROM kept').get()).toEqual({ value: 'still here' });
    second.close();
  });

  it('lets one cloud at a time have a folder', () => {
    const first = openDatabase(stateDir);
    expect(() => openDatabase(stateDir)).toThrow(StateFolderInUseError);
    first.close();
    openDatabase(stateDir).close();
  });

  it('refuses a newer schema and names both versions', () => {
    const database = openDatabase(stateDir);
    database.exec(`PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    database.close();
    expect(() => openDatabase(stateDir)).toThrow(
      new RegExp(
        `state\\.db has schema version ${SCHEMA_VERSION + 1}, this Skyground reads version ${SCHEMA_VERSION}`,
      ),
    );
  });

  it("refuses another program's database and a file that is none", () => {
    const foreign = new DatabaseSync(join(stateDir, 'state.db'));
    foreign.exec('PRAGMA application_id = 7');
    foreign.close();
    expect(() => openDatabase(stateDir)).toThrow(/another program/);

    writeFileSync(join(stateDir, 'state.db'), 'this is a text file, not a database'.repeat(100));
    expect(() => openDatabase(stateDir)).toThrow(StateFolderError);
  });
});

describe('transaction', () => {
  let database: DatabaseSync;
  const values = () =>
    database
      .prepare('SELECT value FROM numbers ORDER BY value')
      .all()
      .map((row) => row['value']);
  const add = (value: number) => database.prepare('INSERT INTO numbers VALUES (?)').run(value);

  beforeEach(() => {
    database = openDatabase(stateDir);
    database.exec('CREATE TABLE numbers (value INTEGER PRIMARY KEY)');
  });
  afterEach(() => database.close());

  it('returns the result and keeps the writes', () => {
    expect(transaction(database, () => add(1).changes)).toBe(1);
    expect(values()).toEqual([1]);
  });

  it('keeps nothing of work that throws', () => {
    expect(() =>
      transaction(database, () => {
        add(1);
        add(1);
      }),
    ).toThrow(/UNIQUE/);
    expect(values()).toEqual([]);
    expect(database.isTransaction).toBe(false);
  });

  it('undoes only the inner one when the outer one catches its error', () => {
    transaction(database, () => {
      add(1);
      try {
        transaction(database, () => {
          add(2);
          throw new Error('inner');
        });
      } catch {
        add(3);
      }
      transaction(database, () => {
        transaction(database, () => add(4));
      });
    });
    expect(values()).toEqual([1, 3, 4]);
  });

  it('undoes a finished inner one when the outer one fails', () => {
    expect(() =>
      transaction(database, () => {
        transaction(database, () => add(1));
        throw new Error('outer');
      }),
    ).toThrow('outer');
    expect(values()).toEqual([]);
  });
});
