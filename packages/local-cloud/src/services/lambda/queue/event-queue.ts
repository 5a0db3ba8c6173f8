import { randomUUID } from 'node:crypto';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { integer, type Row, text } from '../../../storage/row.ts';

/** An asynchronous invoke that was accepted and is not finished. */
export interface QueuedEvent {
  readonly id: number;
  /** The same for all attempts, as on AWS. */
  readonly requestId: string;
  /** Which function, or which of its versions: eventTarget. */
  readonly target: string;
  readonly payload: string;
  readonly acceptedMs: number;
  /** Attempts that ended in a function error; an attempt that the cloud did not survive is none. */
  readonly attempts: number;
}

/**
 * The durable queue of asynchronous invokes. A row is deleted only when its event is finished, so what was in hand when the
 * cloud died is delivered again. Everything is synchronous, so that it can be part of a caller's transaction.
 */
export class EventQueue {
  readonly #insert: StatementSync;
  readonly #delete: StatementSync;
  readonly #retry: StatementSync;
  readonly #postpone: StatementSync;
  readonly #deleteAll: StatementSync;
  readonly #due: StatementSync;
  readonly #targets: StatementSync;
  readonly #nextDue: StatementSync;

  constructor(database: DatabaseSync) {
    database.exec(`
      CREATE TABLE IF NOT EXISTS lambda_events (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        request_id TEXT NOT NULL,
        function_name TEXT NOT NULL,
        payload TEXT NOT NULL,
        accepted_ms INTEGER NOT NULL,
        due_ms INTEGER NOT NULL,
        attempts INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX IF NOT EXISTS lambda_events_due ON lambda_events (function_name, due_ms, id);
    `);
    this.#insert = database.prepare(
      'INSERT INTO lambda_events (request_id, function_name, payload, accepted_ms, due_ms, attempts) VALUES (?, ?, ?, ?, ?, 0)',
    );
    this.#delete = database.prepare('DELETE FROM lambda_events WHERE id = ?');
    this.#retry = database.prepare('UPDATE lambda_events SET due_ms = ?, attempts = ? WHERE id = ?');
    this.#postpone = database.prepare('UPDATE lambda_events SET due_ms = ? WHERE id = ?');
    this.#due = database.prepare(
      'SELECT * FROM lambda_events WHERE function_name = ? AND due_ms <= ? ORDER BY due_ms, id LIMIT ?',
    );
    this.#deleteAll = database.prepare(
      "DELETE FROM lambda_events WHERE function_name = :target OR function_name GLOB :target || ':*'",
    );
    // From name to name through the index: DISTINCT would visit every event.
    this.#targets = database.prepare(`
      WITH RECURSIVE names (name) AS (
        SELECT min(function_name) FROM lambda_events
        UNION ALL
        SELECT (SELECT min(function_name) FROM lambda_events WHERE function_name > name) FROM names WHERE name IS NOT NULL
      )
      SELECT name FROM names WHERE name IS NOT NULL`);
    this.#nextDue = database.prepare(
      'SELECT min(due_ms) AS due_ms FROM lambda_events WHERE function_name = ? AND due_ms > ?',
    );
  }

  add(target: string, payload: string, nowMs: number, requestId: string = randomUUID()): void {
    this.#insert.run(requestId, target, payload, nowMs, nowMs);
  }

  delete(event: QueuedEvent): void {
    this.#delete.run(event.id);
  }

  /** A function's with those of its versions. */
  deleteAll(target: string): void {
    this.#deleteAll.run({ target });
  }

  /** After a function error. */
  retryAt(event: QueuedEvent, dueMs: number): void {
    this.#retry.run(dueMs, event.attempts + 1, event.id);
  }

  /** After a fault that is not the function's: no attempt is used up. */
  postpone(event: QueuedEvent, dueMs: number): void {
    this.#postpone.run(dueMs, event.id);
  }

  /** The oldest due event of a target that is not in hand already. */
  firstDue(target: string, nowMs: number, inHand: ReadonlySet<number>): QueuedEvent | undefined {
    const rows = this.#due.iterate(target, nowMs, inHand.size + 1);
    for (const row of rows) {
      if (!inHand.has(integer(row, 'id'))) return queuedEvent(row);
    }
    return undefined;
  }

  /** Those that have events, due or not. */
  targets(): string[] {
    return this.#targets.all().map((row) => text(row, 'name'));
  }

  /** When the next of a target's events that is not yet due will be. */
  nextDueMs(target: string, nowMs: number): number | undefined {
    const dueMs = this.#nextDue.get(target, nowMs)?.['due_ms'];
    return typeof dueMs === 'number' ? dueMs : undefined;
  }
}

function queuedEvent(row: Row): QueuedEvent {
  return {
    id: integer(row, 'id'),
    requestId: text(row, 'request_id'),
    target: text(row, 'function_name'),
    payload: text(row, 'payload'),
    acceptedMs: integer(row, 'accepted_ms'),
    attempts: integer(row, 'attempts'),
  };
}
