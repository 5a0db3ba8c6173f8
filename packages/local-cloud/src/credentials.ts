import { randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { text } from './storage/row.ts';

export interface CloudCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export const LOCAL_REGION = 'us-east-1';
export const LOCAL_ACCOUNT_ID = '000000000000';

/** Unlike any real key, so that sent to a real account it can only be refused. */
const ACCESS_KEY_ID = 'SKYGROUNDLOCALKEY';

/**
 * The one pair of credentials of a state folder. The secret is random, made with the folder and kept in its database, which
 * its owner alone can read: other users and web pages of this machine cannot sign, and a shell's variables stay true.
 */
export function credentialsOf(database: DatabaseSync): CloudCredentials {
  database.exec(`
    CREATE TABLE IF NOT EXISTS credentials (
      access_key_id TEXT PRIMARY KEY,
      secret_access_key TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`);
  database
    .prepare('INSERT OR IGNORE INTO credentials VALUES (?, ?)')
    .run(ACCESS_KEY_ID, randomBytes(30).toString('base64url'));
  const row = database
    .prepare('SELECT secret_access_key FROM credentials WHERE access_key_id = ?')
    .get(ACCESS_KEY_ID);
  if (row === undefined) throw new Error('The state folder has no credentials.');
  return { accessKeyId: ACCESS_KEY_ID, secretAccessKey: text(row, 'secret_access_key') };
}
