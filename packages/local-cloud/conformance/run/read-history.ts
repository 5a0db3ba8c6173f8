import { GetExecutionHistoryCommand, type HistoryEvent } from '@aws-sdk/client-sfn';
import type { ActualEvent } from '../compare/event.ts';
import { isObject } from '../compare/json-text.ts';
import type { Account } from './clients.ts';

/** All pages. */
export async function readHistory(
  account: Account,
  executionArn: string | undefined,
): Promise<ActualEvent[]> {
  const found: ActualEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await account.states.send(
      new GetExecutionHistoryCommand({ executionArn, nextToken, maxResults: 1000 }),
    );
    found.push(...(page.events ?? []).map(actualEvent));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return found;
}

function actualEvent(event: HistoryEvent): ActualEvent {
  const { id = 0, previousEventId = 0, type = 'ExecutionStarted' } = event;
  const [detailsKey, details] =
    Object.entries(event).find(([name, value]) => name.endsWith('EventDetails') && value !== undefined) ?? [];
  return { id, previousEventId, type, detailsKey, details: isObject(details) ? details : undefined };
}
