import { setImmediate } from 'node:timers';
import type { Clock } from '../../src/clock.ts';

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/** A clock that jumps to the next sleeper as soon as nobody has anything else to do: hours of waiting take no time. */
export class JumpingClock implements Clock {
  #nowMs = Date.UTC(2026, 0, 1);
  readonly #sleepers = new Set<Sleeper>();
  #isJumping = false;

  now(): number {
    return this.#nowMs;
  }

  /** Timers that somebody still waits for. */
  get sleeperCount(): number {
    return this.#sleepers.size;
  }

  sleep(durationMs: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const sleeper = { wakeAtMs: this.#nowMs + durationMs, wake: resolve };
    this.#sleepers.add(sleeper);
    const onAbort = () => {
      this.#sleepers.delete(sleeper);
      reject(signal.reason);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    this.#jumpSoon();
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
  }

  #jumpSoon(): void {
    if (this.#isJumping) return;
    this.#isJumping = true;
    setImmediate(() => {
      this.#isJumping = false;
      if (this.#sleepers.size === 0) return;
      this.#nowMs = Math.min(...[...this.#sleepers].map((sleeper) => sleeper.wakeAtMs));
      for (const sleeper of this.#sleepers) {
        if (sleeper.wakeAtMs > this.#nowMs) continue;
        this.#sleepers.delete(sleeper);
        sleeper.wake();
      }
      if (this.#sleepers.size > 0) this.#jumpSoon();
    });
  }
}
