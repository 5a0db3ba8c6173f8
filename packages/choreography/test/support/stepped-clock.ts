import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@skyground/asl';

/** A clock that goes on when its test says so. */
export class SteppedClock implements Clock {
  #nowMs = 0;
  readonly #sleepers = new Map<() => void, number>();

  now(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#sleepers.set(resolve, this.#nowMs + durationMs);
    signal.addEventListener('abort', () => {
      this.#sleepers.delete(resolve);
      reject(signal.reason);
    });
    return promise;
  }

  /** Wakes who sleeps, one after the other, until the work has settled. Time goes on only when nobody can do anything else. */
  async until<Value>(work: Promise<Value>): Promise<Value> {
    let isSettled = false;
    const settled = () => {
      isSettled = true;
    };
    work.then(settled, settled);
    for (await setImmediate(); !isSettled; await setImmediate()) {
      const [next] = [...this.#sleepers].sort(([, one], [, other]) => one - other);
      if (next === undefined) continue;
      const [wake, atMs] = next;
      this.#sleepers.delete(wake);
      this.#nowMs = Math.max(this.#nowMs, atMs);
      wake();
    }
    return work;
  }
}
