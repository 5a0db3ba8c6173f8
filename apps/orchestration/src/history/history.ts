import type { RecordedEvent } from './recorded-event.ts';
import type { TimedEvent } from './timed-event.ts';

/** An execution that has ended. */
export interface History {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** Why it did not succeed, where Step Functions says so. */
  readonly error: string | null;
  /** In the order of their ids. */
  readonly events: readonly TimedEvent[];
  /** Of an EXPRESS execution what its log holds, as CloudWatch bills it: the price of having a history. 0 of a STANDARD one. */
  readonly logBytes: number;
}

const STATUSES: ReadonlyMap<string, History['status']> = new Map([
  ['ExecutionSucceeded', 'SUCCEEDED'],
  ['ExecutionFailed', 'FAILED'],
  ['ExecutionTimedOut', 'TIMED_OUT'],
  ['ExecutionAborted', 'ABORTED'],
]);

/** How an execution ended by its last event; undefined as long as that is not among them. */
export function endOf(
  events: readonly RecordedEvent[],
): (Pick<History, 'status' | 'error'> & { readonly id: number }) | undefined {
  for (const { id, type, error } of events) {
    const status = STATUSES.get(type);
    if (status !== undefined) return { id, status, error: error ?? null };
  }
  return undefined;
}
