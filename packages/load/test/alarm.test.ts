import { expect, onTestFinished, test } from 'vitest';
import { threadAlarm } from '../src/engine/alarm.ts';
import { clockWithOffset, utcOffsetMs } from '../src/engine/clock.ts';

async function start() {
  const offsetMs = utcOffsetMs();
  const failed = Promise.withResolvers<never>();
  const alarm = await threadAlarm(offsetMs, failed.reject);
  onTestFinished(() => alarm.close());
  return { alarm, nowMs: clockWithOffset(offsetMs), failed: failed.promise };
}

test.each([0, 3, 60])('an alarm in %d ms rings once and never early', async (inMs) => {
  const { alarm, nowMs, failed } = await start();
  const atMs = nowMs() + inMs;
  const rung = new Promise<number>((resolve) => alarm.set(atMs, () => resolve(nowMs())));
  expect(await Promise.race([rung, failed])).toBeGreaterThanOrEqual(atMs);
});

test('a later setting takes the place of an earlier one', async () => {
  const { alarm, nowMs, failed } = await start();
  const rung: string[] = [];
  alarm.set(nowMs() + 5, () => rung.push('first'));
  const last = new Promise<void>((resolve) => {
    alarm.set(nowMs() + 30, () => {
      rung.push('second');
      resolve();
    });
  });
  await Promise.race([last, failed]);
  expect(rung).toEqual(['second']);
});

test('the clock is that of UTC', () => {
  const nowMs = clockWithOffset(utcOffsetMs());
  const before = Date.now();
  const between = nowMs();
  // Date.now() cuts the fraction off, so it may be up to a millisecond behind; the clocks were matched just before.
  expect(between).toBeGreaterThanOrEqual(before - 1);
  expect(between).toBeLessThanOrEqual(Date.now() + 2);
});
