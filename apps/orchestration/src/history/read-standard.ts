import { type HistoryEvent, paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import type { CloudClients } from '@skyground/cloud';

import { OrchestrationError } from '../errors.ts';
import { errorText, type RecordedEvent } from './recorded-event.ts';

const PAGE_SIZE = 1_000;

/** Every event so far of a STANDARD execution. */
export async function readStandard(
  { sfn }: CloudClients,
  executionArn: string,
  signal: AbortSignal,
): Promise<readonly RecordedEvent[]> {
  const input = { executionArn, maxResults: PAGE_SIZE, includeExecutionData: true };
  const events: RecordedEvent[] = [];
  for await (const page of paginateGetExecutionHistory({ client: sfn }, input, { abortSignal: signal }))
    events.push(...(page.events ?? []).map((event) => recordedEvent(event, executionArn)));
  return events;
}

function recordedEvent(event: HistoryEvent, executionArn: string): RecordedEvent {
  const { id, previousEventId = 0, type, timestamp } = event;
  if (id === undefined || type === undefined || timestamp === undefined)
    throw new OrchestrationError(
      `Execution ${executionArn}: expected each event with id, type and timestamp, received ${JSON.stringify({ id, type, timestamp })}.`,
    );
  return {
    id,
    previousId: previousEventId,
    type,
    atMs: timestamp.getTime(),
    stateName: event.stateEnteredEventDetails?.name ?? event.stateExitedEventDetails?.name,
    output: event.taskSucceededEventDetails?.output,
    error: errorText(
      event.executionFailedEventDetails ??
        event.executionTimedOutEventDetails ??
        event.executionAbortedEventDetails,
    ),
  };
}
