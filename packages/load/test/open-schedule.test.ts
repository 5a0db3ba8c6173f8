import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LoadError, openSchedule, type Stage } from '../src/index.ts';

const constant = (ratePerSecond: number, durationMs: number): Stage => ({
  durationMs,
  startRatePerSecond: ratePerSecond,
  endRatePerSecond: ratePerSecond,
});

test('one request a second for 180 seconds is due at 0, 1, ... 179 s', () => {
  const schedule = openSchedule({ stages: [constant(1, 180_000)], arrivals: 'even', seed: 1 });
  expect([...schedule]).toEqual(Array.from({ length: 180 }, (_, index) => index * 1000));
});

test('even arrivals are rate x duration of them, ascending, all within the stages', () => {
  const stage = fc.record({
    durationMs: fc.integer({ min: 1, max: 60 }).map((seconds) => seconds * 1000),
    startRatePerSecond: fc.integer({ min: 0, max: 50 }),
    endRatePerSecond: fc.integer({ min: 1, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(stage, { minLength: 1, maxLength: 4 }), (stages) => {
      const schedule = openSchedule({ stages, arrivals: 'even', seed: 1 });
      const work = stages.reduce(
        (sum, { durationMs, startRatePerSecond, endRatePerSecond }) =>
          sum + ((startRatePerSecond + endRatePerSecond) * durationMs) / 2000,
        0,
      );
      const durationMs = stages.reduce((sum, each) => sum + each.durationMs, 0);
      expect(schedule.length).toBe(Math.ceil(work));
      expect([...schedule]).toEqual([...schedule].toSorted((a, b) => a - b));
      expect(schedule[0]).toBe(0);
      expect(schedule.at(-1)).toBeLessThan(durationMs);
    }),
  );
});

test.each([
  [3, 100],
  [7, 10],
  [0.1, 30],
  [1000, 30],
])('%d requests a second for %d s are exactly that many in spite of rounding', (rate, seconds) => {
  const schedule = openSchedule({ stages: [constant(rate, seconds * 1000)], arrivals: 'even', seed: 1 });
  expect(schedule.length).toBe(Math.round(rate * seconds));
});

test('a ramp from 0 to 10 a second in 10 s is due at the square roots', () => {
  const stages = [{ durationMs: 10_000, startRatePerSecond: 0, endRatePerSecond: 10 }];
  const schedule = openSchedule({ stages, arrivals: 'even', seed: 1 });
  expect(schedule.length).toBe(50);
  for (const [index, dueMs] of schedule.entries()) expect(dueMs).toBeCloseTo(1000 * Math.sqrt(2 * index), 6);
});

test('a ramp down to 0 ends its last arrivals within it', () => {
  const stages = [{ durationMs: 10_000, startRatePerSecond: 10, endRatePerSecond: 0 }];
  const schedule = openSchedule({ stages, arrivals: 'even', seed: 1 });
  expect(schedule.length).toBe(50);
  expect(schedule.at(-1)).toBeCloseTo(10_000 - 1000 * Math.sqrt(2), 6);
});

test('a stage without requests is a pause', () => {
  const stages = [constant(2, 1000), constant(0, 5000), constant(2, 1000)];
  expect([...openSchedule({ stages, arrivals: 'even', seed: 1 })]).toEqual([0, 500, 6000, 6500]);
});

test('Poisson arrivals are those of their seed', () => {
  const of = (seed: number) => openSchedule({ stages: [constant(10, 60_000)], arrivals: 'poisson', seed });
  expect(of(7)).toEqual(of(7));
  expect(of(7)).not.toEqual(of(8));
});

test('gaps of Poisson arrivals are exponential: mean and spread within their 99.9 % bounds', () => {
  const ratePerSecond = 50;
  const schedule = openSchedule({
    stages: [constant(ratePerSecond, 400_000)],
    arrivals: 'poisson',
    seed: 42,
  });
  const gaps = [...schedule].map((dueMs, index) => dueMs - (schedule[index - 1] ?? 0));
  const n = gaps.length;
  const meanMs = gaps.reduce((sum, gap) => sum + gap, 0) / n;
  const deviationMs = Math.sqrt(gaps.reduce((sum, gap) => sum + (gap - meanMs) ** 2, 0) / (n - 1));
  const expectedMs = 1000 / ratePerSecond;
  // The mean of n exponential gaps has deviation mean / sqrt(n); their deviation, about mean * sqrt(2 / n).
  expect(Math.abs(meanMs - expectedMs)).toBeLessThan((3.29 * expectedMs) / Math.sqrt(n));
  expect(Math.abs(deviationMs - expectedMs)).toBeLessThan(3.29 * expectedMs * Math.sqrt(2 / n));
  // Distribution function at the median, where a Poisson process has half its gaps.
  const share = gaps.filter((gap) => gap < expectedMs * Math.LN2).length / n;
  expect(Math.abs(share - 0.5)).toBeLessThan((3.29 * 0.5) / Math.sqrt(n));
});

test('Poisson arrivals follow a ramp: a quarter of them in its first half', () => {
  const stages = [{ durationMs: 100_000, startRatePerSecond: 0, endRatePerSecond: 200 }];
  const schedule = openSchedule({ stages, arrivals: 'poisson', seed: 3 });
  const share = schedule.filter((dueMs) => dueMs < 50_000).length / schedule.length;
  expect(Math.abs(share - 0.25)).toBeLessThan(3.29 * Math.sqrt((0.25 * 0.75) / schedule.length));
});

test('more than ten million requests, and none at all, are refused', () => {
  const of = (stage: Stage) => () => openSchedule({ stages: [stage], arrivals: 'even', seed: 1 });
  expect(of(constant(20_000, 1_000_000))).toThrow(/20000000 requests, expected at most 10000000/);
  expect(of(constant(0, 1000))).toThrow(LoadError);
});
