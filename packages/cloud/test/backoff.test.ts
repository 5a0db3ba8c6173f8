import { describe, expect, it } from 'vitest';
import { retryWhile } from '../src/backoff.ts';
import type { Backoff } from '../src/index.ts';

const TRANSIENT = new Error('not yet');

/** A wait that returns at once and notes what was asked for. */
function recording(): { readonly backoff: Backoff; readonly waitedMs: number[] } {
  const waitedMs: number[] = [];
  const wait = async (durationMs: number): Promise<void> => {
    waitedMs.push(durationMs);
  };
  return { backoff: { wait, firstMs: 500, maxMs: 4_000, totalMs: 20_000 }, waitedMs };
}

describe('waiting for what becomes true', () => {
  it('doubles up to the longest wait and returns the first success', async () => {
    const { backoff, waitedMs } = recording();
    let attempts = 0;
    const attempt = async (): Promise<string> => {
      attempts += 1;
      if (attempts < 6) throw TRANSIENT;
      return 'ready';
    };

    expect(
      await retryWhile((error) => error === TRANSIENT, attempt, backoff, new AbortController().signal),
    ).toBe('ready');
    expect(waitedMs).toEqual([500, 1_000, 2_000, 4_000, 4_000]);
  });

  it('gives up with the last error when its patience ends', async () => {
    const { backoff, waitedMs } = recording();

    await expect(
      retryWhile(
        () => true,
        () => Promise.reject(TRANSIENT),
        backoff,
        new AbortController().signal,
      ),
    ).rejects.toBe(TRANSIENT);
    expect(waitedMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(20_000);
  });

  it('does not wait for another error', async () => {
    const { backoff, waitedMs } = recording();

    await expect(
      retryWhile(
        (error) => error === TRANSIENT,
        () => Promise.reject(new Error('no')),
        backoff,
        new AbortController().signal,
      ),
    ).rejects.toThrow('no');
    expect(waitedMs).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const { backoff } = recording();
    const stop = AbortSignal.abort(new Error('stopped'));

    await expect(
      retryWhile(
        () => true,
        () => Promise.reject(TRANSIENT),
        backoff,
        stop,
      ),
    ).rejects.toThrow('stopped');
  });
});
