import type { DatabaseSync } from 'node:sqlite';
import type { ExecutionResult } from '@skyground/asl';
import { integer, optionalInteger, optionalText, type Row, text } from '../../storage/row.ts';

const EXECUTION_STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const;
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number];

/** What a list tells of a Standard execution. */
export interface ExecutionSummary {
  readonly id: number;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startedMs: number;
  readonly stoppedMs: number | undefined;
}

/** A Standard execution as it is kept. */
export interface ExecutionRecord extends ExecutionSummary {
  readonly machineId: number;
  readonly revision: number;
  /** JSON text, as it was sent. */
  readonly input: string;
  readonly output: string | undefined;
  readonly error: string | undefined;
  readonly cause: string | undefined;
}

const SUMMARY = 'id, name, status, started_ms, stopped_ms';

export type ExecutionTable = ReturnType<typeof executionTable>;

/** Standard executions in the state database. */
export function executionTable(database: DatabaseSync) {
  const insert = database.prepare(`
    INSERT INTO states_execution (machine_id, revision, name, status, started_ms, input)
    SELECT machine_id, id, ?, 'RUNNING', ?, ? FROM states_revision WHERE id = ?
    ON CONFLICT (machine_id, name) DO NOTHING RETURNING *`);
  const select = database.prepare(`
    SELECT states_execution.* FROM states_execution JOIN states_machine ON states_machine.id = machine_id
    WHERE states_machine.name = ? AND states_execution.name = ?`);
  const selectByName = database.prepare('SELECT * FROM states_execution WHERE machine_id = ? AND name = ?');
  const finish = database.prepare(`
    UPDATE states_execution SET status = ?, stopped_ms = ?, output = ?, error = ?, cause = ? WHERE id = ?`);
  // Not the inputs and outputs, 512 KB of which times the 1,000 of a page would not fit into memory.
  const page = database.prepare(`
    SELECT ${SUMMARY} FROM states_execution WHERE machine_id = ? AND id < ? ORDER BY id DESC LIMIT ?`);
  const pageOfStatus = database.prepare(`
    SELECT ${SUMMARY} FROM states_execution
    WHERE status = ? AND machine_id = ? AND id < ? ORDER BY id DESC LIMIT ?`);
  const running = database.prepare("SELECT id FROM states_execution WHERE status = 'RUNNING'");
  const expire = database.prepare('DELETE FROM states_execution WHERE stopped_ms < ?');

  return {
    /** Undefined if the machine has an execution of that name, or is gone. Durable with the transaction around it. */
    start(revision: number, name: string, input: string, startedMs: number): ExecutionRecord | undefined {
      const row = insert.get(name, startedMs, input, revision);
      return row === undefined ? undefined : executionRecord(row);
    },

    find(machineName: string, name: string): ExecutionRecord | undefined {
      const row = select.get(machineName, name);
      return row === undefined ? undefined : executionRecord(row);
    },

    findOf(machineId: number, name: string): ExecutionRecord | undefined {
      const row = selectByName.get(machineId, name);
      return row === undefined ? undefined : executionRecord(row);
    },

    finish(id: number, result: ExecutionResult, stoppedMs: number): void {
      const output = result.status === 'SUCCEEDED' ? JSON.stringify(result.output) : null;
      const [error, cause] = result.status === 'SUCCEEDED' ? [] : [result.error, result.cause];
      finish.run(result.status, stoppedMs, output, error ?? null, cause ?? null, id);
    },

    /** Newest first, those before an id. */
    list(
      machineId: number,
      status: ExecutionStatus | undefined,
      beforeId: number,
      limit: number,
    ): ExecutionSummary[] {
      const rows =
        status === undefined
          ? page.all(machineId, beforeId, limit)
          : pageOfStatus.all(status, machineId, beforeId, limit);
      return rows.map(executionSummary);
    },

    runningIds: () => running.all().map((row) => integer(row, 'id')),

    /** Forgets what ended before that time. */
    expire(beforeMs: number): void {
      expire.run(beforeMs);
    },
  };
}

function executionSummary(row: Row): ExecutionSummary {
  const status = text(row, 'status');
  return {
    id: integer(row, 'id'),
    name: text(row, 'name'),
    status: EXECUTION_STATUSES.find((known) => known === status) ?? 'FAILED',
    startedMs: integer(row, 'started_ms'),
    stoppedMs: optionalInteger(row, 'stopped_ms'),
  };
}

function executionRecord(row: Row): ExecutionRecord {
  return {
    ...executionSummary(row),
    machineId: integer(row, 'machine_id'),
    revision: integer(row, 'revision'),
    input: text(row, 'input'),
    output: optionalText(row, 'output'),
    error: optionalText(row, 'error'),
    cause: optionalText(row, 'cause'),
  };
}
