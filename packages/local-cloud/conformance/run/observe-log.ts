import { setTimeout } from 'node:timers/promises';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { Observation } from '../compare/compare-case.ts';
import type { Account } from './clients.ts';
import { POLL_INTERVAL_MS, type Seen } from './seen.ts';

const loggedEvent = z.looseObject({
  id: z.string(),
  previous_event_id: z.string(),
  type: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type LoggedEvent = z.infer<typeof loggedEvent>;

/** The end of an asynchronous Express execution stands in its log alone. */
export async function observeLog(account: Account, logGroupName: string, signal: AbortSignal): Promise<Seen> {
  for (;;) {
    const { events = [] } = await account.logs.send(new FilterLogEventsCommand({ logGroupName }));
    const logged = events
      .map(({ message = '' }) => loggedEvent.parse(JSON.parse(message)))
      .find(({ type }) => /^Execution(Succeeded|Failed|Aborted|TimedOut)$/.test(type));
    if (logged !== undefined) return { ...resultOfLog(logged), events: [], logged };
    await setTimeout(POLL_INTERVAL_MS, undefined, { signal });
  }
}

function resultOfLog({ type, details = {} }: LoggedEvent): Omit<Observation, 'events'> {
  const status = { ExecutionSucceeded: 'SUCCEEDED', ExecutionTimedOut: 'TIMED_OUT' }[type];
  return {
    status: status ?? type.replace('Execution', '').toUpperCase(),
    output: textOf(details['output']),
    error: textOf(details['error']),
    cause: textOf(details['cause']),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
