import type { Clock } from '../clock.ts';

/** What timers take at most; with more, Node's fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Sleeps until the clock says so, months if need be; rejects with the signal's reason whatever the clock rejects with. */
export async function sleepUntil(clock: Clock, endMs: number, signal: AbortSignal): Promise<void> {
  try {
    for (let leftMs = endMs - clock.now(); leftMs > 0; leftMs = endMs - clock.now()) {
      await clock.sleep(Math.min(leftMs, MAX_TIMER_MS), signal);
    }
  } catch (thrown) {
    throw signal.aborted ? signal.reason : thrown;
  }
}
