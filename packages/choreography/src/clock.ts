import { setTimeout } from 'node:timers/promises';
import type { Clock } from '@skyground/asl';

/** Epoch milliseconds and timers of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (durationMs, signal) => {
    try {
      await setTimeout(durationMs, undefined, { signal });
    } catch (error) {
      signal.throwIfAborted();
      throw error;
    }
  },
};
