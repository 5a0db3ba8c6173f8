import { setTimeout as wait } from 'node:timers/promises';

/** Time as the cloud sees it; tests hand in one that they move by hand. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after durationMs, rejects with the signal's reason when aborted. */
  sleep(durationMs: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) => wait(durationMs, undefined, { signal }),
};
