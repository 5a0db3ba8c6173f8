import type { EnvironmentPool } from '../environments/environment-pool.ts';
import type { InvocationMetrics } from '../environments/invocation-metrics.ts';
import type { FunctionRecord } from '../function-record.ts';
import type { FunctionStore } from '../function-store.ts';
import { concludeAttempt, maximumAgeMs, type OutcomeSettings } from './attempt-outcome.ts';
import type { QueuedEvent } from './event-queue.ts';
import { finish } from './record-delivery.ts';

/** After a fault of the cloud itself (a process that could not be started, a log that could not be written). */
const FAULT_RETRY_MS = 1_000;
/** A backlog that is given up is delivered this many at a time. */
const MAXIMUM_GIVING_UP = 16;

export interface DispatcherSettings extends OutcomeSettings {
  readonly store: FunctionStore;
  readonly pool: EnvironmentPool;
  readonly metrics: InvocationMetrics;
}

/** What became of a function's oldest due event. */
type Look =
  | { readonly kind: 'in-hand' }
  | { readonly kind: 'nothing-due' }
  /** For an environment. `lookAgainMs`: when it is too old, or when the function may have another environment. */
  | { readonly kind: 'waits'; readonly lookAgainMs: number };

/**
 * Takes asynchronous events from the queue to environments: as many at once as the limits allow, the rest the moment one
 * frees.
 */
export class Dispatcher {
  readonly #settings: DispatcherSettings;
  readonly #inHand = new Set<number>();
  readonly #givingUp = new Set<number>();
  /** By target, the event that was last counted as throttled: the oldest one, which waits for an environment. */
  readonly #throttled = new Map<string, number>();
  readonly #stopped = new AbortController();
  readonly #work = new Set<Promise<void>>();
  /** Functions and versions with due events, the one whose turn was longest ago first. */
  #turns: readonly string[] = [];
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

  /** One event of each function or version in turn, so that none waits behind all that another has. */
  #dispatch(): void {
    const { clock, queue } = this.#settings;
    const nowMs = clock.now();
    const names = queue.targets();
    const wakeTimesMs = names.map((name) => queue.nextDueMs(name, nowMs) ?? Number.POSITIVE_INFINITY);
    const known = this.#turns.filter((name) => names.includes(name));
    this.#turns = [...names.filter((name) => !known.includes(name)), ...known];
    let round = this.#turns;
    while (round.length > 0) {
      const served = round.filter((name) => {
        const look = this.#dispatchOldest(name, nowMs);
        if (look.kind === 'waits') wakeTimesMs.push(look.lookAgainMs);
        return look.kind === 'in-hand';
      });
      this.#turns = [...this.#turns.filter((name) => !served.includes(name)), ...served];
      round = served;
    }
    this.#wakeAt(Math.min(...wakeTimesMs));
  }

  #dispatchOldest(target: string, nowMs: number): Look {
    const { queue, store, pool } = this.#settings;
    const event = queue.firstDue(target, nowMs, this.#inHand);
    if (event === undefined) return { kind: 'nothing-due' };
    const record = store.getTarget(target);
    if (record === undefined) {
      // Sent by a bucket or a function that still names a function that is gone: AWS drops it too.
      queue.deleteAll(target);
      return { kind: 'nothing-due' };
    }
    const tooOldMs = event.acceptedMs + maximumAgeMs(record);
    const isOff = store.reservedConcurrencyOf(record.name) === 0;
    if (isOff || nowMs > tooOldMs) {
      return this.#giveUp(record, event, isOff ? 'ZeroReservedConcurrency' : 'EventAgeExceeded');
    }
    const throttle = pool.throttle(record);
    if (throttle === undefined) {
      this.#handle(event, () => this.#attempt(record, event));
      return { kind: 'in-hand' };
    }
    this.#countThrottle(record, event);
    return { kind: 'waits', lookAgainMs: Math.min(tooOldMs, throttle.untilMs ?? Number.POSITIVE_INFINITY) };
  }

  #giveUp(
    record: FunctionRecord,
    event: QueuedEvent,
    condition: 'ZeroReservedConcurrency' | 'EventAgeExceeded',
  ): Look {
    // The end of one of those in hand wakes us for the next.
    if (this.#givingUp.size >= MAXIMUM_GIVING_UP) return { kind: 'nothing-due' };
    this.#givingUp.add(event.id);
    if (condition === 'ZeroReservedConcurrency') this.#countThrottle(record, event);
    const finished = { event, condition, invokeCount: event.attempts, response: undefined };
    this.#handle(event, () => finish(this.#settings, record, finished));
    return { kind: 'in-hand' };
  }

  /** Once for the time that an event waits. AWS counts every try of its own, which come at intervals. */
  #countThrottle(record: FunctionRecord, event: QueuedEvent): void {
    if (this.#throttled.get(event.target) === event.id) return;
    this.#throttled.set(event.target, event.id);
    this.#settings.metrics.throttled(record, this.#settings.clock.now());
  }

  #handle(event: QueuedEvent, work: () => Promise<void>): void {
    this.#inHand.add(event.id);
    const handled = work()
      .catch((fault: unknown) => {
        if (this.#stopped.signal.aborted) return;
        // Not the function's failure: the event stays, and is tried again without using up an attempt.
        this.#settings.onFault(fault, `the asynchronous invoke ${event.requestId} of ${event.target}`);
        this.#settings.queue.postpone(event, this.#settings.clock.now() + FAULT_RETRY_MS);
      })
      .finally(() => {
        this.#inHand.delete(event.id);
        this.#givingUp.delete(event.id);
        this.#work.delete(handled);
        this.wake();
      });
    this.#work.add(handled);
  }

  async #attempt(record: FunctionRecord, event: QueuedEvent): Promise<void> {
    const result = await this.#settings.pool.invoke(record, {
      requestId: event.requestId,
      functionArn: record.arn,
      payload: Buffer.from(event.payload),
      clientContext: undefined,
    });
    // An environment that the stop ended says nothing about its event.
    if (this.#stopped.signal.aborted) return;
    return concludeAttempt(this.#settings, record, event, result);
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
