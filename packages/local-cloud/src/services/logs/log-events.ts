import type { CloudEnvironment } from '../../server/environment.ts';
import type { LogWriter } from '../../server/ports.ts';
import { integer, type Row, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';
import type { LogGroup, LogGroups } from './log-groups.ts';
import type { LogStream, LogStreams } from './log-streams.ts';
import type { Direction, Position } from './position.ts';
import { EVENT_OVERHEAD_BYTES } from './tables.ts';

export interface LogEvent extends Position {
  readonly ingestionMs: number;
  readonly message: string;
  readonly streamName: string;
}

export interface NewLogEvent {
  readonly timestampMs: number;
  readonly message: string;
}

/** Both ends included. */
export interface TimeRange {
  readonly startMs: number;
  readonly endMs: number;
}

export type LogEvents = ReturnType<typeof logEvents>;

/** Log events in the state database. */
export function logEvents({ database, clock }: CloudEnvironment, groups: LogGroups, streams: LogStreams) {
  const insert = database.prepare(
    'INSERT INTO log_event (group_id, stream_id, timestamp_ms, ingestion_ms, message) VALUES (?, ?, ?, ?, ?)',
  );
  const updateStream = database.prepare(`
    UPDATE log_stream SET
      first_event_ms = min(coalesce(first_event_ms, :first), :first),
      last_event_ms = max(coalesce(last_event_ms, :last), :last),
      last_ingestion_ms = :ingestion
    WHERE id = :id`);
  const addBytes = database.prepare('UPDATE log_group SET stored_bytes = stored_bytes + ? WHERE id = ?');
  const columns = 'event.id, timestamp_ms, ingestion_ms, message, log_stream.name AS stream_name';
  const from = 'log_event AS event JOIN log_stream ON log_stream.id = stream_id';
  const inRange = 'timestamp_ms BETWEEN :startMs AND :endMs';
  const forward = database.prepare(`
    SELECT ${columns} FROM ${from}
    WHERE stream_id = :streamId AND (timestamp_ms, event.id) >= (:timestampMs, :id) AND ${inRange}
    ORDER BY timestamp_ms, event.id LIMIT :limit`);
  const backward = database.prepare(`
    SELECT ${columns} FROM ${from}
    WHERE stream_id = :streamId AND (timestamp_ms, event.id) < (:timestampMs, :id) AND ${inRange}
    ORDER BY timestamp_ms DESC, event.id DESC LIMIT :limit`);
  const inGroup = database.prepare(`
    SELECT ${columns} FROM ${from}
    WHERE event.group_id = :groupId AND (timestamp_ms, event.id) >= (:timestampMs, :id) AND ${inRange}
    ORDER BY timestamp_ms, event.id`);

  /** Keeps all of the events or none. */
  function append(group: LogGroup, stream: LogStream, events: readonly NewLogEvent[]): void {
    if (events.length === 0) return;
    const ingestion = clock.now();
    let first = Number.POSITIVE_INFINITY;
    let last = Number.NEGATIVE_INFINITY;
    let bytes = 0;
    transaction(database, () => {
      for (const { timestampMs, message } of events) {
        insert.run(group.id, stream.id, timestampMs, ingestion, message);
        first = Math.min(first, timestampMs);
        last = Math.max(last, timestampMs);
        bytes += sizeBytes(message);
      }
      updateStream.run({ id: stream.id, first, last, ingestion });
      addBytes.run(bytes, group.id);
    });
  }

  const writer: LogWriter = {
    append: (groupName, streamName, events) =>
      transaction(database, () => {
        const group = groups.find(groupName) ?? groups.create(groupName);
        append(group, streams.find(group, streamName) ?? streams.create(group, streamName), events);
      }),
  };

  return {
    append,
    writer,

    /** At most `limit` events of one stream on one side of a position, nearest to it first. Reads as it is consumed. */
    *inStream(
      stream: LogStream,
      direction: Direction,
      position: Position,
      range: TimeRange,
      limit: number,
    ): Generator<LogEvent> {
      const statement = direction === 'f' ? forward : backward;
      const rows = statement.iterate({ streamId: stream.id, ...bare(position), ...range, limit });
      for (const row of rows) yield logEvent(row);
    },

    /** The events of a group from a position on, in order of time across its streams. Reads as it is consumed. */
    *inGroup(group: LogGroup, position: Position, range: TimeRange): Generator<LogEvent> {
      const rows = inGroup.iterate({ groupId: group.id, ...bare(position), ...range });
      for (const row of rows) yield logEvent(row);
    },
  };
}

/** What the limits of requests and pages count. */
export function sizeBytes(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}

function bare({ timestampMs, id }: Position): { timestampMs: number; id: number } {
  return { timestampMs, id };
}

function logEvent(row: Row): LogEvent {
  return {
    id: integer(row, 'id'),
    timestampMs: integer(row, 'timestamp_ms'),
    ingestionMs: integer(row, 'ingestion_ms'),
    message: text(row, 'message'),
    streamName: text(row, 'stream_name'),
  };
}
