import type { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../../../clock.ts';
import type { ObjectStore } from '../../../server/ports.ts';
import { transaction } from '../../../storage/transaction.ts';
import { withoutSync } from '../../../storage/without-sync.ts';
import type { EnvironmentPool } from '../environments/environment-pool.ts';
import type { InvocationResult } from '../environments/invocation.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { FunctionStore } from '../function-store.ts';
import { DEFAULT_EVENT_AGE_SECONDS, DEFAULT_RETRY_ATTEMPTS } from '../limits.ts';
import { deliverToBucket, parseDestination } from './destinations.ts';
import type { EventQueue, QueuedEvent } from './event-queue.ts';
import { deadLetter, type FinishedEvent, invocationRecord } from './invocation-record.ts';

/** After a fault of the cloud itself (a process that could not be started, a log that could not be written). */
const FAULT_RETRY_MS = 1_000;

export interface DispatcherSettings {
  readonly database: DatabaseSync;
  readonly clock: Clock;
  readonly queue: EventQueue;
  readonly store: FunctionStore;
  readonly pool: EnvironmentPool;
  readonly objects: () => ObjectStore;
  readonly retryDelaysMs: readonly [number, number];
  /** A fault of the cloud itself, or a record that could not be delivered. */
  readonly onFault: (fault: unknown, doing: string) => void;
}

/**
 * Takes asynchronous events from the queue to environments: as many at once as the limits allow, the rest the moment one
 * frees. Decides what a failure means: another attempt later, or the end and its record.
 */
export class Dispatcher {
  readonly #settings: DispatcherSettings;
  readonly #inHand = new Set<number>();
  readonly #stopped = new AbortController();
  readonly #work = new Set<Promise<void>>();
  #timer = new AbortController();
  #isScheduled = false;
  #isStarted = false;

  constructor(settings: DispatcherSettings) {
    this.#settings = settings;
  }

  start(): void {
    this.#isStarted = true;
    this.wake();
  }

  /** Something changed: an event came, an environment freed, a limit moved. Cheap; any number of calls make one look. */
  wake(): void {
    if (this.#isScheduled || !this.#isStarted || this.#stopped.signal.aborted) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      if (!this.#stopped.signal.aborted) this.#dispatch();
    });
  }

  /** To be called before the environments are ended. What they then had in hand stays in the queue. */
  stop(): void {
    this.#stopped.abort();
    this.#timer.abort();
  }

  /** Resolves when no event is in hand any more. */
  async idle(): Promise<void> {
    await Promise.all(this.#work);
  }

  #dispatch(): void {
    const { clock, queue, store } = this.#settings;
    const wakeTimesMs: number[] = [];
    for (const functionName of queue.dueFunctions(clock.now())) {
      const record = store.get(functionName);
      const blockedSince = this.#dispatchFunction(functionName, record);
      if (record !== undefined && blockedSince !== undefined)
        wakeTimesMs.push(blockedSince + maximumAgeMs(record));
    }
    const nextDueMs = queue.nextDueMs(clock.now());
    if (nextDueMs !== undefined) wakeTimesMs.push(nextDueMs);
    this.#wakeAt(Math.min(...wakeTimesMs));
  }

  /** Returns when the oldest event that has to wait for an environment was accepted; undefined if none has to. */
  #dispatchFunction(functionName: string, record: FunctionRecord | undefined): number | undefined {
    const { clock, queue, pool } = this.#settings;
    for (;;) {
      const nowMs = clock.now();
      const event = queue.firstDue(functionName, nowMs, this.#inHand);
      if (event === undefined) return undefined;
      if (record === undefined) {
        // Its function was deleted after it was accepted: AWS drops it too.
        queue.delete(event);
      } else if (record.reservedConcurrency === 0) {
        this.#handle(event, async () =>
          this.#finish(record, {
            event,
            condition: 'ZeroReservedConcurrency',
            invokeCount: event.attempts,
            response: undefined,
          }),
        );
      } else if (nowMs - event.acceptedMs > maximumAgeMs(record)) {
        this.#handle(event, async () =>
          this.#finish(record, {
            event,
            condition: 'EventAgeExceeded',
            invokeCount: event.attempts,
            response: undefined,
          }),
        );
      } else if (pool.throttleReason(record) === undefined) {
        this.#handle(event, () => this.#attempt(record, event));
      } else {
        return queue.oldestAcceptedMs(functionName);
      }
    }
  }

  #handle(event: QueuedEvent, work: () => Promise<void>): void {
    this.#inHand.add(event.id);
    const handled = work()
      .catch((fault: unknown) => {
        if (this.#stopped.signal.aborted) return;
        // Not the function's failure: the event stays, and is tried again without using up an attempt.
        this.#settings.onFault(fault, `the asynchronous invoke ${event.requestId} of ${event.functionName}`);
        this.#settings.queue.postpone(event, this.#settings.clock.now() + FAULT_RETRY_MS);
      })
      .finally(() => {
        this.#inHand.delete(event.id);
        this.#work.delete(handled);
        this.wake();
      });
    this.#work.add(handled);
  }

  async #attempt(record: FunctionRecord, event: QueuedEvent): Promise<void> {
    const { clock, queue, pool, retryDelaysMs } = this.#settings;
    const result = await pool.invoke(record, {
      requestId: event.requestId,
      payload: Buffer.from(event.payload),
      clientContext: undefined,
    });
    // An environment that the stop ended says nothing about its event.
    if (this.#stopped.signal.aborted) return;
    const finished = { event, invokeCount: event.attempts + 1, response: responseOf(result) };
    if (!result.isFunctionError) return this.#finish(record, { ...finished, condition: 'Success' });

    const retries = record.eventInvokeConfig?.maximumRetryAttempts ?? DEFAULT_RETRY_ATTEMPTS;
    const retryDelayMs = event.attempts < retries ? retryDelaysMs[event.attempts] : undefined;
    if (retryDelayMs === undefined)
      return this.#finish(record, { ...finished, condition: 'RetriesExhausted' });
    const dueMs = clock.now() + retryDelayMs;
    if (dueMs - event.acceptedMs > maximumAgeMs(record)) {
      return this.#finish(record, { ...finished, condition: 'EventAgeExceeded' });
    }
    queue.retryAt(event, dueMs);
  }

  /**
   * Delivers the records that are asked for, then forgets the event. A kill in between delivers twice. A destination that
   * refuses its record loses it, as on AWS (its metric is DestinationDeliveryFailures): the function is not run again for it.
   */
  async #finish(record: FunctionRecord, finished: FinishedEvent): Promise<void> {
    const { database, clock, queue, objects, onFault } = this.#settings;
    const nowMs = clock.now();
    const toFunctions: { functionName: string; document: string }[] = [];
    for (const { destination, document } of deliveries(record, finished, nowMs)) {
      if (destination.kind === 'function')
        toFunctions.push({ functionName: destination.functionName, document });
      else {
        await deliverToBucket(objects(), destination.bucket, record.name, document, nowMs).catch(
          (fault: unknown) =>
            onFault(fault, `the delivery of ${record.name}'s record to the bucket ${destination.bucket}`),
        );
      }
    }
    if (toFunctions.length === 0) {
      withoutSync(database, () => queue.delete(finished.event));
      return;
    }
    transaction(database, () => {
      for (const { functionName, document } of toFunctions) queue.add(functionName, document, nowMs);
      queue.delete(finished.event);
    });
  }

  #wakeAt(timeMs: number): void {
    this.#timer.abort();
    if (timeMs === Number.POSITIVE_INFINITY) return;
    this.#timer = new AbortController();
    const { clock } = this.#settings;
    // One millisecond later, so that an age is then exceeded and not just met.
    clock.sleep(Math.max(0, timeMs - clock.now()) + 1, this.#timer.signal).then(
      () => this.wake(),
      () => {
        // Replaced by an earlier time.
      },
    );
  }
}

function deliveries(record: FunctionRecord, finished: FinishedEvent, nowMs: number) {
  const { onSuccessArn, onFailureArn } = record.eventInvokeConfig ?? {};
  const document = invocationRecord(record, finished, nowMs);
  if (finished.condition === 'Success') {
    return onSuccessArn === undefined
      ? []
      : [{ destination: parseDestination(onSuccessArn, 'on-success'), document }];
  }
  return [
    ...(onFailureArn === undefined
      ? []
      : [{ destination: parseDestination(onFailureArn, 'on-failure'), document }]),
    ...(record.deadLetterArn === undefined
      ? []
      : [
          {
            destination: parseDestination(record.deadLetterArn, 'dead-letter'),
            document: deadLetter(finished),
          },
        ]),
  ];
}

function responseOf(result: InvocationResult): { payload: string; isFunctionError: boolean } {
  return { payload: result.payload.toString('utf8'), isFunctionError: result.isFunctionError };
}

function maximumAgeMs(record: FunctionRecord): number {
  return (record.eventInvokeConfig?.maximumEventAgeSeconds ?? DEFAULT_EVENT_AGE_SECONDS) * 1000;
}
