import { setTimeout as sleep } from 'node:timers/promises';

import { CloudError } from './errors.ts';

/** Waits between attempts, doubling, for what AWS makes true only after a while. Tests hand in a wait that returns at once. */
export interface Backoff {
  readonly wait: (durationMs: number, signal: AbortSignal) => Promise<void>;
  readonly firstMs: number;
  readonly maxMs: number;
  /** Given up after this much waiting. */
  readonly totalMs: number;
}

/** A new role is usable after 5 to 20 seconds; a minute is the end of patience. */
export const defaultBackoff: Backoff = {
  wait: (durationMs, signal) => sleep(durationMs, undefined, { signal }),
  firstMs: 500,
  maxMs: 8_000,
  totalMs: 60_000,
};

/** Tries until it succeeds, an error comes that is not to be waited out, or the patience ends: then the last error is thrown. */
export async function retryWhile<T>(
  isTransient: (error: unknown) => boolean,
  attempt: () => Promise<T>,
  backoff: Backoff,
  signal: AbortSignal,
): Promise<T> {
  let waitedMs = 0;
  for (let delayMs = backoff.firstMs; ; delayMs = Math.min(delayMs * 2, backoff.maxMs)) {
    signal.throwIfAborted();
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error) || waitedMs + delayMs > backoff.totalMs) throw error;
    }
    await backoff.wait(delayMs, signal);
    waitedMs += delayMs;
  }
}

/** Tables and functions are ready within seconds, a table with indexes or one that is deleted within minutes. */
const READY = { firstMs: 500, maxMs: 4_000, totalMs: 300_000 } as const;

/**
 * Looks until it is so. Not the SDK's waiters: their error is the whole last answer, a function's environment and a signed URL of its
 * code with it.
 *
 * @param what for the error: `table runs to be ready`
 */
export async function waitUntil(
  isSo: () => Promise<boolean>,
  what: string,
  { wait }: Backoff,
  signal: AbortSignal,
): Promise<void> {
  let waitedMs = 0;
  for (let delayMs: number = READY.firstMs; !(await isSo()); delayMs = Math.min(delayMs * 2, READY.maxMs)) {
    if (waitedMs >= READY.totalMs)
      throw new CloudError(
        `Expected ${what} within ${READY.totalMs / 1000} s. Run the command again to go on waiting.`,
      );
    await wait(delayMs, signal);
    waitedMs += delayMs;
  }
}
