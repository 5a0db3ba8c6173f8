import { expect, test } from 'vitest';
import { publishedSeries } from '../../src/experiment/published.ts';
import { growthOf, steppable, stepsOf } from '../../src/experiment/steps.ts';
import type { SweepPoint } from '../../src/experiment/sweep-summary.ts';

/** Six executions about a middle, a twentieth apart at most. */
function pointAt(x: number, middleMs: number): SweepPoint {
  return {
    workflowType: 'STANDARD',
    x,
    executions: [0.95, 0.97, 0.99, 1.01, 1.03, 1.05].map((factor) => {
      const value = factor * middleMs;
      return {
        eventMs: value,
        handlerMs: value,
        eventTotalMs: value,
        handlerTotalMs: value,
        eventPercent: 1,
        handlerPercent: 1,
        durationMs: 100,
      };
    }),
  };
}

test('the staircase that was published of AWS has its step between 18 and 20 branches', () => {
  const unum = publishedSeries.find(({ label }) => label.startsWith('unum'));
  const points = (unum?.points ?? []).map(({ width, value }) => pointAt(width, value));
  const [step] = stepsOf(points, 'handlerMs');
  expect(step).toMatchObject({ from: 18, to: 20 });
  expect(step?.timesAtLeast).toBeCloseTo((1008 * 0.97) / (83 * 1.03), 0);
});

test('a delay that grows in proportion has no step, and its slope is that of a branch', () => {
  const points = [1, 2, 5, 10, 16, 18, 20, 30, 50].map((width) => pointAt(width, 4 * width));
  expect(stepsOf(points, 'handlerMs')).toEqual([]);
  expect(steppable(points)).toEqual([
    [16, 18],
    [18, 20],
  ]);
  const growth = growthOf(points, 'handlerMs');
  if (growth.kind !== 'line') throw new Error(growth.kind);
  expect(growth.slope.estimate).toBeCloseTo(4, 1);
  expect(growth.slope.low).toBeLessThan(4);
  expect(growth.slope.high).toBeGreaterThan(4);
});

test('a jump over widths far apart is growth, no step', () => {
  expect(stepsOf([pointAt(5, 10), pointAt(50, 1000)], 'handlerMs')).toEqual([]);
});
