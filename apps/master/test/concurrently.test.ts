import { describe, expect, it } from 'vitest';
import { concurrently } from '../src/concurrently.ts';

describe('concurrently', () => {
  it('does everything, never more than the limit at a time', async () => {
    let running = 0;
    let most = 0;
    const done: number[] = [];
    await concurrently([1, 2, 3, 4, 5], 2, async (item) => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running -= 1;
      done.push(item);
    });
    expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
    expect(most).toBe(2);
  });

  it('starts nothing after a failure, and throws once nothing is under way', async () => {
    const started: number[] = [];
    const gate = Promise.withResolvers<void>();
    let isOver = false;
    const work = concurrently([1, 2, 3, 4], 2, async (item) => {
      started.push(item);
      if (item === 1) throw new Error('first');
      await gate.promise;
    }).finally(() => {
      isOver = true;
    });
    await Promise.resolve();
    expect(isOver).toBe(false);
    gate.resolve();
    await expect(work).rejects.toThrow('first');
    expect(started).toEqual([1, 2]);
  });

  it('does nothing with nothing', async () => {
    await expect(concurrently([], 3, () => Promise.reject(new Error('never')))).resolves.toBeUndefined();
  });
});
