import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { proportionInterval } from '../src/index.ts';

// R 4.2: prop.test(count, n, correct = FALSE)$conf.int
const REFERENCE = [
  { count: 146, n: 150, low: 0.933446109487856, high: 0.989582059177032 },
  { count: 0, n: 10, low: 0, high: 0.277532799862889 },
  { count: 10, n: 10, low: 0.722467200137111, high: 1 },
  { count: 1, n: 3, low: 0.0614919447203963, high: 0.792340399197952 },
  { count: 500, n: 1000, low: 0.469069600368104, high: 0.530930399631896 },
];

describe('the interval of a share', () => {
  it.each(REFERENCE)('is that of R: $count of $n', ({ count, n, low, high }) => {
    const interval = proportionInterval(count, n);
    expect(interval.low).toBeCloseTo(low, 10);
    expect(interval.high).toBeCloseTo(high, 10);
  });

  it('lies within 0 and 1, around the estimate, and is mirrored when failures are counted', () => {
    const counts = fc
      .integer({ min: 1, max: 10_000 })
      .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(counts, ([count, n]) => {
        const { low, high, estimate } = proportionInterval(count, n);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
        expect(high).toBeLessThanOrEqual(1);
        expect(proportionInterval(n - count, n).low).toBeCloseTo(1 - high, 10);
      }),
    );
  });

  it.each([
    [1, 0],
    [3, 2],
    [-1, 2],
    [0.5, 2],
    [Number.NaN, 2],
  ])('refuses %d of %d', (count, n) => {
    expect(() => proportionInterval(count, n)).toThrow(/a share is of whole numbers/);
  });
});
