import { randomBytes } from 'node:crypto';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { LogWriter } from '../../server/ports.ts';
import { transaction } from '../../storage/transaction.ts';
import { withoutSync } from '../../storage/without-sync.ts';
import { Batch } from './batch.ts';
import type { PlacedEvent } from './event-table.ts';
import { withoutExecutionData } from './execution-data.ts';
import { type Logging, logGroupOf } from './logging-configuration.ts';
import type { StateMachine } from './state-machines.ts';

interface LogLine {
  readonly group: string;
  readonly stream: string;
  readonly timestampMs: number;
  readonly message: string;
}

export type ExecutionLog = ReturnType<typeof executionLog>;

/** The events of executions in the log groups of their machines, one JSON object a line. */
export function executionLog(
  environment: CloudEnvironment,
  logs: LogWriter,
  onFault: (fault: unknown, doing: string) => void,
) {
  const streamId = randomBytes(4).toString('hex');
  const batch = new Batch<LogLine>(
    environment.clock,
    (lines) =>
      withoutSync(environment.database, () => transaction(environment.database, () => append(logs, lines))),
    (fault) => onFault(fault, 'writing the log of executions'),
  );

  return {
    /** What one execution of this machine says to; undefined if it logs nothing. */
    writerOf(
      machine: StateMachine,
      executionArn: string,
      startedMs: number,
    ): ((event: PlacedEvent) => void) | undefined {
      const group = logGroupOf(machine.logging);
      if (group === undefined) return undefined;
      const minute = new Date(startedMs).toISOString().slice(0, 16).replaceAll(/[T:]/g, '-');
      const stream = `states/${machine.name}/${minute}/${streamId}`;
      return (event) => {
        if (!isLogged(event.type, machine.logging.level)) return;
        const message = messageOf(event, executionArn, machine.logging.includeExecutionData);
        batch.add({ group, stream, timestampMs: event.timestampMs, message }, message.length);
      };
    },

    flush: () => batch.flush(),
  };
}

function append(logs: LogWriter, lines: readonly LogLine[]): void {
  const byStream = Map.groupBy(lines, ({ group, stream }) => `${group}\n${stream}`);
  for (const events of byStream.values()) {
    const [first] = events;
    if (first !== undefined) logs.append(first.group, first.stream, events);
  }
}

/** AWS's table of events and levels: FATAL are the ends of executions, ERROR adds what failed on the way. */
function isLogged(type: string, level: Logging['level']): boolean {
  switch (level) {
    case 'OFF':
      return false;
    case 'ALL':
      return true;
    case 'FATAL':
      return /^Execution(Aborted|Failed|TimedOut)$/.test(type);
    case 'ERROR':
      return /(Failed|TimedOut|Aborted)$|^FailStateEntered$/.test(type);
  }
}

function messageOf(event: PlacedEvent, executionArn: string, includesData: boolean): string {
  const { details = {} } = includesData ? event : withoutExecutionData(event);
  return JSON.stringify({
    id: String(event.id),
    type: event.type,
    details,
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestampMs),
    execution_arn: executionArn,
    redrive_count: '0',
  });
}
