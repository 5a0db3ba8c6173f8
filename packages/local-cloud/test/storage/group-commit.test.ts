import { expect, it, onTestFinished } from 'vitest';
import { GroupCommit } from '../../src/storage/group-commit.ts';
import { openDatabase } from '../../src/storage/open-database.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function open() {
  const database = openDatabase(temporaryFolder());
  onTestFinished(() => database.close());
  database.exec('CREATE TABLE kept (text TEXT)');
  const insert = database.prepare('INSERT INTO kept VALUES (?)');
  const rows = () =>
    database
      .prepare('SELECT text FROM kept')
      .all()
      .map((row) => row['text']);
  return { database, group: new GroupCommit(database), insert, rows };
}

it('keeps what succeeded beside what failed', async () => {
  const { group, insert, rows } = open();
  const outcomes = await Promise.allSettled([
    group.commit(() => insert.run('first').changes),
    group.commit(() => {
      insert.run('refused');
      throw new Error('refused');
    }),
    group.commit(() => insert.run('last').changes),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(rows()).toEqual(['first', 'last']);
});

it('rejects the whole group when the database is full, and keeps nothing of it', async () => {
  const { database, group, insert, rows } = open();
  const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
  database.exec(`PRAGMA max_page_count = ${pages + 3}`);
  const texts = ['before', 'too large'.repeat(50_000), 'after', 'last'];
  const outcomes = await Promise.allSettled(
    texts.map((text) => group.commit(() => insert.run(text).changes)),
  );
  const reasons = outcomes.map((outcome) =>
    outcome.status === 'rejected' ? String(outcome.reason) : 'kept',
  );
  expect(reasons).toEqual(texts.map(() => expect.stringContaining('full')));
  expect(rows()).toEqual([]);

  await group.commit(() => insert.run('small').changes);
  expect(rows()).toEqual(['small']);
});
