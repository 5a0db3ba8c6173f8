import { type Backoff, type CloudClients, functionLog } from '@skyground/cloud';
import * as z from 'zod';

import { OrchestrationError } from '../errors.ts';
import type { Execution } from './execution.ts';
import { endOf } from './history.ts';
import { errorText, type RecordedEvent } from './recorded-event.ts';
import { waitFor } from './wait-for-end.ts';

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);

/** One line of an EXPRESS machine's log, as far as it is used; AWS adds members without notice. */
const logLineSchema = z.object({
  id: wholeNumber,
  previous_event_id: wholeNumber,
  type: z.string().min(1),
  event_timestamp: wholeNumber,
  execution_arn: z.string().min(1),
  details: z
    .object({
      name: z.string().optional(),
      output: z.string().optional(),
      error: z.string().optional(),
      cause: z.string().optional(),
    })
    .default({}),
});

/** What CloudWatch bills of an event beside its text. */
const EVENT_OVERHEAD_BYTES = 26;

/** Every event of an EXPRESS execution, from the log of its machine: AWS has no other history of it. Waits until all are there. */
export function readExpress(
  clients: CloudClients,
  { arn, logGroup, startedMs }: Extract<Execution, { type: 'EXPRESS' }>,
  signal: AbortSignal,
  backoff: Backoff,
): Promise<{ readonly events: readonly RecordedEvent[]; readonly logBytes: number }> {
  let last: readonly RecordedEvent[] = [];
  return waitFor(
    async () => {
      // Terms with other characters than letters and digits stand in quotation marks.
      const lines = await functionLog(clients, logGroup, { sinceMs: startedMs, pattern: `"${arn}"`, signal });
      last = lines.flatMap(({ message }) => recordedEvents(message, arn, logGroup));
      return isComplete(last) ? { events: last, logBytes: bytesOf(lines) } : undefined;
    },
    () => {
      const found = last.length === 0 ? 'no event of it' : `only ${last.length} of its events`;
      return (
        `Execution ${arn}: expected its events up to its end in ${logGroup} within ${backoff.totalMs / 1000} s, found ${found}. ` +
        'The machine has to log at level ALL; deploy it again if it does not.'
      );
    },
    backoff,
    signal,
  );
}

function bytesOf(lines: readonly { readonly message: string }[]): number {
  return lines.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES, 0);
}

/** One event, or none where the line is another execution's that names this one. */
function recordedEvents(message: string, arn: string, logGroup: string): readonly RecordedEvent[] {
  let json: unknown;
  try {
    json = JSON.parse(message);
  } catch (cause) {
    throw notAnEvent(message, logGroup, cause);
  }
  const parsed = logLineSchema.safeParse(json);
  if (!parsed.success) throw notAnEvent(message, logGroup, parsed.error);
  const { id, previous_event_id, type, event_timestamp, execution_arn, details } = parsed.data;
  if (execution_arn !== arn) return [];
  const event = { id, previousId: previous_event_id, type, atMs: event_timestamp };
  return [{ ...event, stateName: details.name, output: details.output, error: errorText(details) }];
}

function notAnEvent(message: string, logGroup: string, cause: unknown): OrchestrationError {
  return new OrchestrationError(
    `Log group ${logGroup}: expected one event of an execution a line, received ${JSON.stringify(message.slice(0, 120))}. Only Step Functions should write to it.`,
    { cause },
  );
}

/** Lines come late and in any order; ids count from 1, and nothing follows the end. */
function isComplete(events: readonly RecordedEvent[]): boolean {
  return new Set(events.map(({ id }) => id)).size === endOf(events)?.id;
}
