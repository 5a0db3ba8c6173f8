import type { CloudEnvironment } from '../../server/environment.ts';
import { integer, optionalInteger, type Row, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { alreadyExists, invalidParameter, notFound } from './errors.ts';
import { EVENT_OVERHEAD_BYTES } from './tables.ts';

export interface LogGroup {
  readonly id: number;
  readonly name: string;
  readonly createdMs: number;
  readonly retentionDays: number | undefined;
  readonly storedBytes: number;
}

export type LogGroups = ReturnType<typeof logGroups>;

/** Log groups and their tags in the state database. */
export function logGroups({ database, clock, accountId, region }: CloudEnvironment) {
  const select = database.prepare('SELECT * FROM log_group WHERE name = ?');
  const insert = database.prepare(
    'INSERT INTO log_group (name, created_ms) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING *',
  );
  const remove = database.prepare('DELETE FROM log_group WHERE name = ?');
  const page = database.prepare(
    'SELECT * FROM log_group WHERE name > ? AND instr(name, ?) = 1 ORDER BY name LIMIT ?',
  );
  const pageContaining = database.prepare(
    'SELECT * FROM log_group WHERE name > ? AND instr(lower(name), lower(?)) > 0 ORDER BY name LIMIT ?',
  );
  const setRetention = database.prepare('UPDATE log_group SET retention_days = ? WHERE id = ?');
  const withRetention = database.prepare('SELECT * FROM log_group WHERE retention_days IS NOT NULL');
  const expire = database.prepare('DELETE FROM log_event WHERE group_id = ? AND timestamp_ms < ?');
  const recount = database.prepare(`
    UPDATE log_group SET stored_bytes = (
      SELECT coalesce(sum(octet_length(message) + ${EVENT_OVERHEAD_BYTES}), 0) FROM log_event WHERE group_id = log_group.id
    ) WHERE id = ?`);
  const selectTags = database.prepare('SELECT key, value FROM log_group_tag WHERE group_id = ? ORDER BY key');
  const putTag = database.prepare('INSERT OR REPLACE INTO log_group_tag VALUES (?, ?, ?)');
  const removeTag = database.prepare('DELETE FROM log_group_tag WHERE group_id = ? AND key = ?');

  const arnPrefix = `arn:aws:logs:${region}:${accountId}:log-group:`;

  function find(name: string): LogGroup | undefined {
    const row = select.get(name);
    return row === undefined ? undefined : logGroup(row);
  }

  function get(name: string): LogGroup {
    const group = find(name);
    if (group === undefined) throw notFound('log group');
    return group;
  }

  return {
    find,
    get,

    arn: (name: string) => `${arnPrefix}${name}`,

    /** Of an ARN of this account and region (with or without its `:*`), or of a bare name. */
    nameOf(identifier: string): string {
      if (!identifier.startsWith('arn:')) return identifier;
      if (!identifier.startsWith(arnPrefix)) throw notFound('log group');
      return identifier.slice(arnPrefix.length).replace(/:\*$/, '');
    },

    create(name: string, tags: Readonly<Record<string, string>> = {}): LogGroup {
      return transaction(database, () => {
        const row = insert.get(name, clock.now());
        if (row === undefined) throw alreadyExists('log group');
        const group = logGroup(row);
        for (const [key, value] of Object.entries(tags)) putTag.run(group.id, key, value);
        return group;
      });
    },

    delete(name: string): void {
      if (remove.run(name).changes === 0) throw notFound('log group');
    },

    /** Groups after the name `from`, in code-unit order. */
    list(
      match: { readonly prefix: string } | { readonly pattern: string },
      from: string,
      limit: number,
    ): LogGroup[] {
      const rows =
        'prefix' in match
          ? page.all(from, match.prefix, limit)
          : pageContaining.all(from, match.pattern, limit);
      return rows.map(logGroup);
    },

    setRetention(name: string, days: number | undefined): void {
      setRetention.run(days ?? null, get(name).id);
    },

    /** Deletes the events that are older than their group's retention. */
    applyRetention(): void {
      for (const row of withRetention.all()) {
        const { id, retentionDays } = logGroup(row);
        if (retentionDays === undefined) continue;
        transaction(database, () => {
          const { changes } = expire.run(id, clock.now() - retentionDays * DAY_MS);
          if (changes > 0) recount.run(id);
        });
      }
    },

    /** After events were deleted with their stream. */
    recountBytes(id: number): void {
      recount.run(id);
    },

    tags(name: string): Record<string, string> {
      return Object.fromEntries(
        selectTags.all(get(name).id).map((row) => [text(row, 'key'), text(row, 'value')]),
      );
    },

    tag(name: string, tags: Readonly<Record<string, string>>): void {
      const { id } = get(name);
      transaction(database, () => {
        for (const [key, value] of Object.entries(tags)) putTag.run(id, key, value);
        if (selectTags.all(id).length > MAX_TAGS) {
          throw invalidParameter(`A log group can have at most ${MAX_TAGS} tags.`);
        }
      });
    },

    untag(name: string, keys: readonly string[]): void {
      const { id } = get(name);
      transaction(database, () => {
        for (const key of keys) removeTag.run(id, key);
      });
    },
  };
}

const MAX_TAGS = 50;
export const DAY_MS = 24 * 60 * 60 * 1000;

function logGroup(row: Row): LogGroup {
  return {
    id: integer(row, 'id'),
    name: text(row, 'name'),
    createdMs: integer(row, 'created_ms'),
    retentionDays: optionalInteger(row, 'retention_days'),
    storedBytes: integer(row, 'stored_bytes'),
  };
}
