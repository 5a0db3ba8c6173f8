import type { Backoff, CloudClients } from '@skyground/cloud';

import { OrchestrationError } from '../errors.ts';
import type { Execution } from './execution.ts';
import { endOf, type History } from './history.ts';
import { readExpress } from './read-express.ts';
import { readStandard } from './read-standard.ts';
import { timedEvents } from './recorded-event.ts';
import { patience, waitForEnd } from './wait-for-end.ts';

/**
 * The whole history of an execution, once it has ended, however it did.
 *
 * @throws OrchestrationError if it does not end, or its end is not logged, within five and a half minutes
 */
export async function readHistory(
  clients: CloudClients,
  execution: Execution,
  signal: AbortSignal,
  backoff: Backoff = patience(clients),
): Promise<History> {
  if (execution.type === 'STANDARD') await waitForEnd(clients, execution.arn, signal, backoff);
  const { events: recorded, logBytes } =
    execution.type === 'STANDARD'
      ? { events: await readStandard(clients, execution.arn, signal), logBytes: 0 }
      : await readExpress(clients, execution, signal, backoff);
  const end = endOf(recorded);
  if (end === undefined)
    throw new OrchestrationError(
      `Execution ${execution.arn}: expected its history to tell of its end, found ${recorded.length} events and no end among them.`,
    );
  return { status: end.status, error: end.error, events: timedEvents(recorded), logBytes };
}
