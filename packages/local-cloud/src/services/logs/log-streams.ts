import type { CloudEnvironment } from '../../server/environment.ts';
import { integer, optionalInteger, type Row, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import { alreadyExists, notFound } from './errors.ts';
import type { LogGroup, LogGroups } from './log-groups.ts';

export interface LogStream {
  readonly id: number;
  readonly name: string;
  readonly createdMs: number;
  readonly firstEventMs: number | undefined;
  readonly lastEventMs: number | undefined;
  readonly lastIngestionMs: number | undefined;
}

export type StreamOrder = 'LogStreamName' | 'LastEventTime';

/** The last stream of the page before. A stream without events has the last event time 0. */
export interface StreamCursor {
  readonly name: string;
  readonly lastEventMs: number;
}

export type LogStreams = ReturnType<typeof logStreams>;

/** Log streams in the state database. */
export function logStreams({ database, clock }: CloudEnvironment, groups: LogGroups) {
  const select = database.prepare('SELECT * FROM log_stream WHERE group_id = ? AND name = ?');
  const insert = database.prepare(
    'INSERT INTO log_stream (group_id, name, created_ms) VALUES (?, ?, ?) ON CONFLICT DO NOTHING RETURNING *',
  );
  const remove = database.prepare('DELETE FROM log_stream WHERE id = ?');

  function pageStatement(order: StreamOrder, descending: boolean) {
    const key = order === 'LogStreamName' ? 'name' : 'coalesce(last_event_ms, 0), name';
    const cursor = order === 'LogStreamName' ? ':name' : ':lastEventMs, :name';
    const direction = descending ? 'DESC' : 'ASC';
    return database.prepare(`
      SELECT * FROM log_stream
      WHERE group_id = :groupId AND instr(name, :prefix) = 1
        AND (:first OR (${key}) ${descending ? '<' : '>'} (${cursor}))
      ORDER BY ${key.replaceAll(', name', ` ${direction}, name`)} ${direction} LIMIT :limit`);
  }

  function find(group: LogGroup, name: string): LogStream | undefined {
    const row = select.get(group.id, name);
    return row === undefined ? undefined : logStream(row);
  }

  function get(group: LogGroup, name: string): LogStream {
    const stream = find(group, name);
    if (stream === undefined) throw notFound('log stream');
    return stream;
  }

  return {
    find,
    get,

    create(group: LogGroup, name: string): LogStream {
      const row = insert.get(group.id, name, clock.now());
      if (row === undefined) throw alreadyExists('log stream');
      return logStream(row);
    },

    delete(group: LogGroup, name: string): void {
      transaction(database, () => {
        remove.run(get(group, name).id);
        groups.recountBytes(group.id);
      });
    },

    list(
      group: LogGroup,
      query: { readonly prefix: string; readonly order: StreamOrder; readonly descending: boolean },
      from: StreamCursor | undefined,
      limit: number,
    ): LogStream[] {
      return pageStatement(query.order, query.descending)
        .all({
          groupId: group.id,
          prefix: query.prefix,
          first: from === undefined ? 1 : 0,
          name: from?.name ?? '',
          ...(query.order === 'LastEventTime' ? { lastEventMs: from?.lastEventMs ?? 0 } : {}),
          limit,
        })
        .map(logStream);
    },
  };
}

function logStream(row: Row): LogStream {
  return {
    id: integer(row, 'id'),
    name: text(row, 'name'),
    createdMs: integer(row, 'created_ms'),
    firstEventMs: optionalInteger(row, 'first_event_ms'),
    lastEventMs: optionalInteger(row, 'last_event_ms'),
    lastIngestionMs: optionalInteger(row, 'last_ingestion_ms'),
  };
}
