import type { HistoryEvent } from '@skyground/asl';
import type { CloudEnvironment } from '../../server/environment.ts';
import { transaction } from '../../storage/transaction.ts';
import type { EventTable } from './event-table.ts';
import type { ExecutionTable } from './execution-table.ts';

const error = 'Skyground.CloudRestarted';
const cause = 'The embedded cloud was stopped or killed while this execution ran; it resumes none.';
const FAILED: HistoryEvent = {
  type: 'ExecutionFailed',
  detailsKey: 'executionFailedEventDetails',
  details: { error, cause },
};

/** Executions that a cloud before this one left in the middle, by a stop or a kill, are not resumed: they have failed. */
export function failInterrupted(
  { database, clock }: CloudEnvironment,
  table: ExecutionTable,
  events: EventTable,
): void {
  transaction(database, () => {
    for (const executionId of table.runningIds()) {
      const previousEventId = events.lastId(executionId);
      const id = previousEventId + 1;
      events.append([{ ...FAILED, executionId, id, previousEventId, timestampMs: clock.now() }]);
      table.finish(executionId, { status: 'FAILED', error, cause }, clock.now());
    }
  });
}
