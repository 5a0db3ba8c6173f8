import { setTimeout as wait } from 'node:timers/promises';

interface PollOptions {
  readonly intervalMs: number;
  /** How long `progress` may stand still. */
  readonly quietMs: number;
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  readonly sleep?: (durationMs: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Calls `look` until it is done or nothing has changed for `quietMs`. `look` says whether it is done and how far it is; a
 * target has no event to wait for, so asking again is the only way.
 */
export async function pollUntil(
  look: () => Promise<{ readonly done: boolean; readonly progress: number }>,
  { intervalMs, quietMs, signal, now = () => performance.now(), sleep = sleepFor }: PollOptions,
): Promise<'done' | 'quiet too long'> {
  let lastProgress: number | undefined;
  let lastChangeMs = now();
  for (;;) {
    signal.throwIfAborted();
    const { done, progress } = await look();
    if (done) return 'done';
    const nowMs = now();
    if (progress !== lastProgress) {
      lastProgress = progress;
      lastChangeMs = nowMs;
    }
    if (nowMs - lastChangeMs >= quietMs) return 'quiet too long';
    await sleep(intervalMs, signal);
  }
}

/** Rejects with the signal's own reason, where Node's timer has an error of its own. */
async function sleepFor(durationMs: number, signal: AbortSignal): Promise<void> {
  await wait(durationMs, undefined, { signal }).catch(() => signal.throwIfAborted());
}

/** How often to ask: on one's own machine soon, on a real account where each LIST is a billed request, less often. */
export function pollIntervalMs(kind: 'local' | 'endpoint' | 'aws'): number {
  return kind === 'aws' ? 1000 : 200;
}
