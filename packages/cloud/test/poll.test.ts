import { describe, expect, it } from 'vitest';
import { pollUntil } from '../src/poll.ts';

/** A clock that only sleeping moves. */
function clock() {
  let nowMs = 0;
  return {
    now: () => nowMs,
    sleep: async (durationMs: number) => {
      nowMs += durationMs;
    },
  };
}

describe('polling', () => {
  const options = (signal = new AbortController().signal) => ({
    intervalMs: 100,
    quietMs: 300,
    signal,
    ...clock(),
  });

  it('ends as soon as it is done', async () => {
    let looks = 0;
    expect(await pollUntil(async () => ({ done: ++looks === 3, progress: 0 }), options())).toBe('done');
    expect(looks).toBe(3);
  });

  it('gives up only when nothing has changed for so long', async () => {
    const progress = [0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 9];
    let looks = 0;
    expect(await pollUntil(async () => ({ done: false, progress: progress[looks++] ?? 9 }), options())).toBe(
      'quiet too long',
    );
    // Three intervals of quiet after the 2, which came with the seventh look.
    expect(looks).toBe(10);
  });

  it('looks once even with no time at all', async () => {
    expect(await pollUntil(async () => ({ done: true, progress: 0 }), { ...options(), quietMs: 0 })).toBe(
      'done',
    );
  });

  it('stops with the signal and its reason', async () => {
    const stop = new AbortController();
    const look = async () => {
      stop.abort(new Error('enough'));
      return { done: false, progress: 0 };
    };
    await expect(pollUntil(look, options(stop.signal))).rejects.toThrow('enough');
  });

  it('stops in the midst of the wait, with the same reason', async () => {
    const stop = new AbortController();
    const look = async () => {
      setImmediate(() => stop.abort(new Error('enough')));
      return { done: false, progress: 0 };
    };
    const patient = { intervalMs: 3_600_000, quietMs: 3_600_000, signal: stop.signal };
    await expect(pollUntil(look, patient)).rejects.toThrow('enough');
  });
});
