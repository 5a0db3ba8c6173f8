import type { GetExecutionHistoryCommandOutput, HistoryEvent as WireEvent } from '@aws-sdk/client-sfn';
import { z } from 'zod';
import type { Output } from '../output.ts';
import { validatedOperation } from '../validated-operation.ts';
import { STATES_VALIDATION } from './errors.ts';
import type { PlacedEvent } from './event-table.ts';
import { withoutExecutionData } from './execution-data.ts';
import { findExecution } from './execution-operations.ts';
import { arn, maxResults, pageToken } from './input-members.ts';
import { decodePageToken, encodePageToken } from './page-token.ts';
import type { StatesCore } from './states-core.ts';

/** A page of large payloads ends before its number of events is reached; the client asks on with its token. */
const MAXIMUM_PAGE_BYTES = 4 * 1024 * 1024;

const historyToken = z.strictObject({ execution: z.number().int(), from: z.number().int() });

/** Every event so far, also of an execution that runs. */
export function getExecutionHistory(core: StatesCore) {
  const { events, executions } = core;
  return validatedOperation(
    STATES_VALIDATION,
    'GetExecutionHistory',
    z.strictObject({
      executionArn: arn,
      maxResults,
      reverseOrder: z.boolean().default(false),
      nextToken: pageToken.optional(),
      includeExecutionData: z.boolean().default(true),
    }),
    (input): Output<GetExecutionHistoryCommandOutput> => {
      const execution = findExecution(core, input.executionArn);
      const from = input.nextToken === undefined ? undefined : startOf(input.nextToken, execution.id);
      executions.flush();
      const limit = input.maxResults || 100;
      const found = events.read(execution.id, from, input.reverseOrder, limit + 1);
      const { page, next } = firstPage(found, limit);
      return {
        events: page.map((event) => wireEvent(event, input.includeExecutionData)),
        ...(next !== undefined && { nextToken: encodePageToken({ execution: execution.id, from: next }) }),
      };
    },
  );
}

/** A token of another execution is none. */
function startOf(token: string, executionId: number): number {
  const ofThis = historyToken.extend({ execution: z.literal(executionId) });
  return decodePageToken(token, ofThis).from;
}

function firstPage(
  found: Iterable<PlacedEvent>,
  limit: number,
): { readonly page: readonly PlacedEvent[]; readonly next: number | undefined } {
  const page: PlacedEvent[] = [];
  let sizeBytes = 0;
  for (const event of found) {
    if (page.length === limit || sizeBytes >= MAXIMUM_PAGE_BYTES) return { page, next: event.id };
    page.push(event);
    sizeBytes += JSON.stringify(event.details ?? {}).length;
  }
  return { page, next: undefined };
}

function wireEvent(event: PlacedEvent, includesData: boolean): WireEvent {
  const { detailsKey, details } = includesData ? event : { ...event, ...withoutExecutionData(event) };
  return {
    timestamp: new Date(event.timestampMs),
    // The names are AWS's: the interpreter writes them as they stand in the model.
    type: event.type as WireEvent['type'],
    id: event.id,
    previousEventId: event.previousEventId,
    ...(detailsKey !== undefined && { [detailsKey]: details }),
  };
}
