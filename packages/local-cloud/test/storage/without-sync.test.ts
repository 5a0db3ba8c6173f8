import { expect, test } from 'vitest';
import { openDatabase } from '../../src/storage/open-database.ts';
import { transaction } from '../../src/storage/transaction.ts';
import { withoutSync } from '../../src/storage/without-sync.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const FULL = 2;
const NORMAL = 1;

test('only the work inside goes without sync, also when it throws', () => {
  const database = openDatabase(temporaryFolder());
  const level = () => Number(database.prepare('PRAGMA synchronous').get()?.['synchronous']);
  expect(withoutSync(database, level)).toBe(NORMAL);
  expect(level()).toBe(FULL);
  expect(() =>
    withoutSync(database, () => {
      throw new Error('of the work');
    }),
  ).toThrow('of the work');
  expect(level()).toBe(FULL);
  expect(transaction(database, () => withoutSync(database, level))).toBe(FULL);
  database.close();
});
