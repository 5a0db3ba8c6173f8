import { setTimeout as wait } from 'node:timers/promises';

/**
 * Calls `look` until it is done or nothing has changed for `quietMs`. `look` says whether it is done and how far it is; a
 * target has no event to wait for, so asking again is the only way.
 */
export async function pollUntil(
  look: () => Promise<{ readonly done: boolean; readonly progress: number }>,
  options: { readonly intervalMs: number; readonly quietMs: number; readonly signal: AbortSignal },
): Promise<'done' | 'quiet too long'> {
  let lastProgress = -1;
  let lastChangeMs = performance.now();
  for (;;) {
    const { done, progress } = await look();
    if (done) return 'done';
    const nowMs = performance.now();
    if (progress !== lastProgress) {
      lastProgress = progress;
      lastChangeMs = nowMs;
    }
    if (nowMs - lastChangeMs >= options.quietMs) return 'quiet too long';
    await wait(options.intervalMs, undefined, { signal: options.signal });
  }
}

/** How often to ask: on one's own machine soon, on a real account where each LIST is a billed request, less often. */
export function pollIntervalMs(kind: 'local' | 'endpoint' | 'aws'): number {
  return kind === 'aws' ? 1000 : 200;
}
