import type { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent, Json } from '@skyground/asl';
import { integer, optionalText, type Row, text } from '../../storage/row.ts';
import { transaction } from '../../storage/transaction.ts';

/** An event with its place in the history of one execution. */
export interface PlacedEvent extends HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestampMs: number;
}

export interface NewEvent extends PlacedEvent {
  readonly executionId: number;
}

export type EventTable = ReturnType<typeof eventTable>;

/** The history of Standard executions in the state database. */
export function eventTable(database: DatabaseSync) {
  // Events of an execution that was deleted meanwhile are dropped.
  const insert = database.prepare(
    'INSERT INTO states_event SELECT id, ?, ?, ?, ?, ?, ? FROM states_execution WHERE id = ?',
  );
  const forward = database.prepare(
    'SELECT * FROM states_event WHERE execution_id = ? AND id >= ? ORDER BY id LIMIT ?',
  );
  const backward = database.prepare(
    'SELECT * FROM states_event WHERE execution_id = ? AND id <= ? ORDER BY id DESC LIMIT ?',
  );
  const last = database.prepare('SELECT max(id) AS id FROM states_event WHERE execution_id = ?');

  return {
    append(events: readonly NewEvent[]): void {
      transaction(database, () => {
        for (const event of events) {
          insert.run(
            event.id,
            event.previousEventId,
            event.timestampMs,
            event.type,
            event.detailsKey ?? null,
            event.details === undefined ? null : JSON.stringify(event.details),
            event.executionId,
          );
        }
      });
    },

    /** From an event on, or back from it; undefined is the first or the last. Reads as it is consumed. */
    *read(
      executionId: number,
      fromId: number | undefined,
      isReversed: boolean,
      limit: number,
    ): Generator<PlacedEvent> {
      const rows = isReversed
        ? backward.iterate(executionId, fromId ?? Number.MAX_SAFE_INTEGER, limit)
        : forward.iterate(executionId, fromId ?? 0, limit);
      for (const row of rows) yield placedEvent(row);
    },

    /** 0 if there is none. */
    lastId(executionId: number): number {
      const row = last.get(executionId);
      return row === undefined || row['id'] === null ? 0 : integer(row, 'id');
    },
  };
}

function placedEvent(row: Row): PlacedEvent {
  const detailsKey = optionalText(row, 'details_key');
  const details = optionalText(row, 'details');
  return {
    id: integer(row, 'id'),
    previousEventId: integer(row, 'previous_id'),
    timestampMs: integer(row, 'timestamp_ms'),
    type: text(row, 'type'),
    ...(detailsKey !== undefined && { detailsKey }),
    ...(details !== undefined && { details: readDetails(details) }),
  };
}

function readDetails(written: string): Readonly<Record<string, Json>> {
  return JSON.parse(written);
}
