import type { Tag } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../errors.ts';
import type { CloudEnvironment } from '../../server/environment.ts';
import { text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { invalid } from './errors.ts';

const MAX_TAGS = 50;

/** Tags of tables, in the state database: dynalite takes none with CreateTable, and mixes up those that are not Latin-1. */
export function tableTags({ database, accountId, region }: CloudEnvironment) {
  database.exec(`
    CREATE TABLE IF NOT EXISTS dynamodb_tag (
      table_name TEXT NOT NULL,
      key TEXT NOT NULL,
      value TEXT NOT NULL,
      PRIMARY KEY (table_name, key)
    ) STRICT, WITHOUT ROWID`);
  const all = database.prepare('SELECT key, value FROM dynamodb_tag WHERE table_name = ? ORDER BY key');
  const put = database.prepare('INSERT OR REPLACE INTO dynamodb_tag VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM dynamodb_tag WHERE table_name = ? AND key = ?');
  const removeAll = database.prepare('DELETE FROM dynamodb_tag WHERE table_name = ?');

  const list = (table: string): Tag[] =>
    all.all(table).map((row) => ({ Key: text(row, 'key'), Value: text(row, 'value') }));

  return {
    /** The table that an ARN names; it may not exist. */
    tableOf(arn: string | undefined): string {
      const prefix = `arn:aws:dynamodb:${region}:${accountId}:table/`;
      const name = arn?.startsWith(prefix) === true ? arn.slice(prefix.length) : '';
      if (!/^[a-zA-Z0-9_.-]{3,255}$/.test(name)) {
        throw invalid(`Invalid TableArn: Invalid ResourceArn provided as input ${arn}`);
      }
      return name;
    },
    list,
    clear: (table: string): void => void removeAll.run(table),
    remove: (table: string, keys: readonly string[]): void =>
      transaction(database, () => {
        for (const key of keys) remove.run(table, key);
      }),
    add: (table: string, tags: readonly Tag[]): void =>
      transaction(database, () => {
        for (const { Key, Value } of tags) put.run(table, Key ?? '', Value ?? '');
        if (list(table).length > MAX_TAGS) throw tooMany();
      }),
  };
}

/** What CreateTable and TagResource take; CreateTable asks before it makes the table. */
export function checkTags(tags: readonly Tag[]): void {
  const keys = tags.map(({ Key = '' }) => Key);
  if (new Set(keys).size < keys.length) throw invalid('Duplicate tag keys are not allowed.');
  if (keys.length > MAX_TAGS) throw tooMany();
  for (const { Key = '', Value } of tags) {
    if (Key.length < 1 || Key.length > 128 || Value === undefined || Value.length > 256) {
      throw invalid('A tag must have a Key of 1 to 128 characters and a Value of at most 256.');
    }
    if (Key.startsWith('aws:')) throw invalid('Tag keys cannot start with aws:');
  }
}

function tooMany(): AwsError {
  return new AwsError('LimitExceededException', `A table can have at most ${MAX_TAGS} tags.`, 400);
}
