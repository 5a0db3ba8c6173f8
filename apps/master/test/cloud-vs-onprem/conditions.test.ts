import { clockOffsetFromS3, clockOffsetOf } from '@skyground/cloud';
import { describe, expect, it } from 'vitest';
import { cloudWithBuckets } from '../cloud-with-buckets.ts';

describe('the clock offset from an HTTP date', () => {
  it('is nothing beyond its uncertainty where both are one clock', async () => {
    await using cloud = await cloudWithBuckets();
    const { clients, names } = cloud.side;
    const { signal } = new AbortController();
    const offset = await clockOffsetFromS3(clients, names.buckets.output, () => Date.now(), signal);
    if (offset === null) throw new Error('expected a Date in the answer');
    expect(Math.abs(offset.offsetMs)).toBeLessThanOrEqual(offset.uncertaintyMs);
    const hourAheadMs = 3_600_000;
    const ahead = await clockOffsetFromS3(
      clients,
      names.buckets.output,
      () => Date.now() + hourAheadMs,
      signal,
    );
    expect(Math.abs((ahead?.offsetMs ?? 0) - hourAheadMs)).toBeLessThanOrEqual(ahead?.uncertaintyMs ?? 0);
  });

  it('allows for the second that a date stands for, and for the way', () => {
    const sentMs = Date.parse('2026-11-21T06:30:02.000Z');
    const date = 'Sat, 21 Nov 2026 06:30:00 GMT';
    expect(clockOffsetOf({ sentMs, answeredMs: sentMs + 200, date })).toEqual({
      offsetMs: 1600,
      uncertaintyMs: 600,
    });
  });
});
