import type { InvocationResult } from '../environments/invocation.ts';
import type { FunctionRecord } from '../function-record.ts';
import { DEFAULT_EVENT_AGE_SECONDS, DEFAULT_RETRY_ATTEMPTS } from '../limits.ts';
import type { QueuedEvent } from './event-queue.ts';
import { type DeliverySettings, finish } from './record-delivery.ts';

export interface OutcomeSettings extends DeliverySettings {
  readonly retryDelaysMs: readonly [number, number];
}

/** What the end of an attempt means for its event: another attempt later, or the end and its record. */
export async function concludeAttempt(
  settings: OutcomeSettings,
  record: FunctionRecord,
  event: QueuedEvent,
  result: InvocationResult,
): Promise<void> {
  const { clock, queue, retryDelaysMs } = settings;
  const response = { payload: result.payload.toString('utf8'), isFunctionError: result.isFunctionError };
  const ended = { event, invokeCount: event.attempts + 1, response };
  if (!result.isFunctionError) return finish(settings, record, { ...ended, condition: 'Success' });

  const retries = record.eventInvokeConfig?.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS;
  const retryDelayMs = event.attempts < retries ? retryDelaysMs[event.attempts] : undefined;
  if (retryDelayMs === undefined) {
    return finish(settings, record, { ...ended, condition: 'RetriesExhausted' });
  }
  const dueMs = clock.now() + retryDelayMs;
  if (dueMs - event.acceptedMs > maximumAgeMs(record)) {
    return finish(settings, record, { ...ended, condition: 'EventAgeExceeded' });
  }
  queue.retryAt(event, dueMs);
}

export function maximumAgeMs(record: FunctionRecord): number {
  return (record.eventInvokeConfig?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS) * 1000;
}
