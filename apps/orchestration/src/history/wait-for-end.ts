import { DescribeExecutionCommand } from '@aws-sdk/client-sfn';
import {
  type Backoff,
  type CloudClients,
  defaultBackoff,
  pollIntervalMs,
  retryWhile,
} from '@skyground/cloud';

import { OrchestrationError } from '../errors.ts';

/** Executions of a sweep end after five minutes at the latest; CloudWatch shows their events some seconds late. */
const PATIENCE_MS = 330_000;

/** Asks soon at first: most executions take less than a second. */
export function patience(clients: CloudClients): Backoff {
  const maxMs = pollIntervalMs(clients.target.kind);
  return { ...defaultBackoff, firstMs: maxMs / 10, maxMs, totalMs: PATIENCE_MS };
}

/** What is waited for is not there yet; the message is the one that ends the waiting. */
class NotYetError extends OrchestrationError {}

/**
 * Asks until `look` finds what it looks for.
 *
 * @param look answers undefined as long as it is not there
 * @param missing what to say when the patience ends
 */
export function waitFor<T>(
  look: () => Promise<T | undefined>,
  missing: () => string,
  backoff: Backoff,
  signal: AbortSignal,
): Promise<T> {
  return retryWhile(
    (error) => error instanceof NotYetError,
    async () => {
      const found = await look();
      if (found === undefined) throw new NotYetError(missing());
      return found;
    },
    backoff,
    signal,
  );
}

/** Waits until a STANDARD execution has ended, however it did. */
export async function waitForEnd(
  clients: CloudClients,
  executionArn: string,
  signal: AbortSignal,
  backoff: Backoff = patience(clients),
): Promise<void> {
  const command = new DescribeExecutionCommand({ executionArn });
  await waitFor(
    async () => {
      const { status } = await clients.sfn.send(command, { abortSignal: signal });
      return status === 'RUNNING' ? undefined : status;
    },
    () =>
      `Execution ${executionArn}: expected its end within ${backoff.totalMs / 1000} s, but it is still running.`,
    backoff,
    signal,
  );
}
