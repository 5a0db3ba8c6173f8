import { inspect } from 'node:util';
import type { CloudEnvironment } from '../../server/environment.ts';
import type { LogWriter } from '../../server/ports.ts';
import type { Service } from '../../server/service.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import { groupOperations } from './group-operations.ts';
import { logEvents } from './log-events.ts';
import { logGroups } from './log-groups.ts';
import { logStreams } from './log-streams.ts';
import { putLogEvents } from './put-log-events.ts';
import { streamOperations } from './stream-operations.ts';
import { createTables } from './tables.ts';

const RETENTION_INTERVAL_MS = 60 * 60 * 1000;

/** CloudWatch Logs: what functions print, kept in the state database, searchable. */
export function createLogs(environment: CloudEnvironment): Service & { readonly writer: LogWriter } {
  createTables(environment.database);
  const groups = logGroups(environment);
  const streams = logStreams(environment, groups);
  const events = logEvents(environment, groups, streams);
  const stopping = new AbortController();
  let retention: Promise<void> = Promise.resolve();

  async function applyRetentionHourly(): Promise<void> {
    try {
      for (;;) {
        applyRetention();
        await environment.clock.sleep(RETENTION_INTERVAL_MS, stopping.signal);
      }
    } catch (error) {
      if (!stopping.signal.aborted) throw error;
    }
  }

  /** Events that stay an hour too long (a full disk, say) are no reason to stop serving. */
  function applyRetention(): void {
    try {
      groups.applyRetention();
    } catch (error) {
      process.stderr.write(`local cloud: log retention failed, tried again in an hour: ${inspect(error)}\n`);
    }
  }

  return {
    id: 'logs',
    writer: events.writer,
    operations: {
      ...groupOperations(groups),
      ...streamOperations(groups, streams),
      PutLogEvents: putLogEvents(environment.clock, groups, streams, events),
      GetLogEvents: getLogEvents(groups, streams, events),
      FilterLogEvents: filterLogEvents(groups, streams, events),
    },
    start: async () => {
      retention = applyRetentionHourly();
    },
    stop: async () => {
      stopping.abort();
      await retention;
    },
  };
}
