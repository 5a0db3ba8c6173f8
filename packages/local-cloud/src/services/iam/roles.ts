import { randomInt } from 'node:crypto';
import type { CloudEnvironment } from '../../server/environment.ts';
import { integer, optionalText, type Row, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { deleteConflict, noSuchRole, roleExists } from './errors.ts';

export interface Role {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly createdMs: number;
  readonly trustPolicy: string;
  readonly description: string | undefined;
  readonly maxSessionS: number;
}

export type NewRole = Omit<Role, 'id' | 'createdMs'>;

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export type Roles = ReturnType<typeof roles>;

/** Roles and their tags in the state database. */
export function roles({ database, clock, accountId }: CloudEnvironment) {
  const select = database.prepare('SELECT * FROM iam_role WHERE name = ?');
  const insert = database.prepare(`
    INSERT INTO iam_role (name, path, id, created_ms, trust_policy, description, max_session_s)
    VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING *`);
  const remove = database.prepare('DELETE FROM iam_role WHERE name = ?');
  const selectAll = database.prepare('SELECT * FROM iam_role WHERE instr(path, ?) = 1 ORDER BY name');
  const setTrust = database.prepare('UPDATE iam_role SET trust_policy = ? WHERE name = ?');
  const attached = database.prepare('SELECT 1 FROM iam_attached_policy WHERE role_name = ?');
  const inline = database.prepare('SELECT 1 FROM iam_inline_policy WHERE role_name = ?');
  const selectTags = database.prepare('SELECT key, value FROM iam_role_tag WHERE role_name = ? ORDER BY key');
  const putTag = database.prepare('INSERT OR REPLACE INTO iam_role_tag VALUES (?, ?, ?)');
  const removeTag = database.prepare('DELETE FROM iam_role_tag WHERE role_name = ? AND key = ?');

  function get(name: string): Role {
    const row = select.get(name);
    if (row === undefined) throw noSuchRole(name);
    return role(row);
  }

  return {
    get,

    arn: ({ path, name }: Role) => `arn:aws:iam::${accountId}:role${path}${name}`,

    create({ name, path, trustPolicy, description, maxSessionS }: NewRole, tags: readonly Tag[]): Role {
      return transaction(database, () => {
        const row = insert.get(
          name,
          path,
          newId(),
          clock.now(),
          trustPolicy,
          description ?? null,
          maxSessionS,
        );
        if (row === undefined) throw roleExists(name);
        for (const { Key, Value } of tags) putTag.run(name, Key, Value);
        return role(row);
      });
    },

    delete(name: string): void {
      get(name);
      if (attached.get(name) !== undefined) {
        throw deleteConflict('Cannot delete entity, must detach all policies first.');
      }
      if (inline.get(name) !== undefined)
        throw deleteConflict('Cannot delete entity, must delete policies first.');
      remove.run(name);
    },

    list: (pathPrefix: string): Role[] => selectAll.all(pathPrefix).map(role),

    setTrustPolicy(name: string, trustPolicy: string): void {
      if (setTrust.run(trustPolicy, name).changes === 0) throw noSuchRole(name);
    },

    tags(name: string): Tag[] {
      get(name);
      return selectTags.all(name).map((row) => ({ Key: text(row, 'key'), Value: text(row, 'value') }));
    },

    tag(name: string, tags: readonly Tag[]): void {
      get(name);
      transaction(database, () => {
        for (const { Key, Value } of tags) putTag.run(name, Key, Value);
      });
    },

    untag(name: string, keys: readonly string[]): void {
      get(name);
      transaction(database, () => {
        for (const key of keys) removeTag.run(name, key);
      });
    },
  };
}

function role(row: Row): Role {
  return {
    name: text(row, 'name'),
    path: text(row, 'path'),
    id: text(row, 'id'),
    createdMs: integer(row, 'created_ms'),
    trustPolicy: text(row, 'trust_policy'),
    description: optionalText(row, 'description'),
    maxSessionS: integer(row, 'max_session_s'),
  };
}

const ID_LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** AROA and 17 letters: what AWS gives roles, so that one made again under an old name can be told apart. */
function newId(): string {
  return `AROA${Array.from({ length: 17 }, () => ID_LETTERS.charAt(randomInt(ID_LETTERS.length))).join('')}`;
}
