import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crossingOf } from '../../src/experiment/crossing.ts';
import type { SweepPoint } from '../../src/experiment/sweep-summary.ts';

function pointAt(x: number, percent: number): SweepPoint {
  const none = {
    eventMs: 0,
    handlerMs: 0,
    eventTotalMs: 0,
    handlerTotalMs: 0,
    eventPercent: 0,
    durationMs: 1,
  };
  return {
    workflowType: 'STANDARD',
    x,
    executions: Array.from({ length: 6 }, () => ({ ...none, handlerPercent: percent })),
  };
}

/** A fixed cost over three tasks of a wait, with as much around each that is neither. */
const modelOf = (costMs: number, otherMs: number) => (workMs: number) =>
  pointAt(workMs, (100 * costMs) / (costMs + otherMs + 3 * workMs));

test('between measured durations a fixed cost crosses a share where it really does', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1, max: 300, noNaN: true }),
      fc.double({ min: 0, max: 50, noNaN: true }),
      (costMs, otherMs) => {
        const points = [0, 10, 50, 100, 500, 1000, 10_000].map(modelOf(costMs, otherMs));
        const exactMs = ((100 * costMs) / 10 - costMs - otherMs) / 3;
        const crossing = crossingOf(points, 10, 'handlerPercent');
        if (exactMs <= 0) expect(crossing).toEqual({ kind: 'always below', shortestMs: 0 });
        else {
          if (crossing.kind !== 'from') throw new Error(crossing.kind);
          expect(crossing.workMs).toBeCloseTo(exactMs, 3);
          expect(crossing.between[0]).toBeLessThanOrEqual(exactMs + 1e-6);
          expect(crossing.between[1]).toBeGreaterThanOrEqual(exactMs - 1e-6);
        }
      },
    ),
  );
});

test('what is never below, or always, is said so; a gap of 0 ms too', () => {
  expect(crossingOf([0, 10].map(modelOf(1000, 0)), 10, 'handlerPercent')).toEqual({
    kind: 'not reached',
    longestMs: 10,
  });
  expect(crossingOf([0, 10].map(modelOf(1000, 0)), 10, 'eventPercent')).toEqual({
    kind: 'always below',
    shortestMs: 0,
  });
  expect(crossingOf([], 10, 'eventPercent')).toEqual({ kind: 'not measured' });
  // A share of 0 says nothing of where between them it fell.
  expect(crossingOf([pointAt(10, 20), pointAt(50, 0)], 10, 'handlerPercent')).toEqual({
    kind: 'from',
    workMs: null,
    between: [10, 50],
  });
});

test('a share that rises again counts from where it last fell', () => {
  const points = [pointAt(0, 50), pointAt(10, 5), pointAt(50, 20), pointAt(100, 4)];
  expect(crossingOf(points, 10, 'handlerPercent')).toMatchObject({ kind: 'from', between: [50, 100] });
});
