import type { Clock } from '../../src/clock.ts';

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/** A clock that a test moves by hand. It starts at the true time. */
export class ManualClock implements Clock {
  #nowMs = Date.now();
  readonly #sleepers = new Set<Sleeper>();

  now(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { wakeAtMs: this.#nowMs + durationMs, wake: resolve };
    this.#sleepers.add(sleeper);
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    return promise.finally(() => {
      this.#sleepers.delete(sleeper);
      signal.removeEventListener('abort', onAbort);
    });
  }

  /** Moves time on and wakes who slept until then. */
  advance(durationMs: number): void {
    this.#nowMs += durationMs;
    for (const sleeper of this.#sleepers) {
      if (sleeper.wakeAtMs <= this.#nowMs) sleeper.wake();
    }
  }
}
