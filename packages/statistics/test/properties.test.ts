import { quantileSorted } from 'd3-array';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bootstrapInterval,
  boxPlot,
  pairByKey,
  quantile,
  sampleOf,
  sortedSample,
  summarise,
} from '../src/index.ts';

const finite = fc
  .double({ min: -1e12, max: 1e12, noNaN: true })
  .map((value) => Math.round(value * 1e6) / 1e6 + 0);
// + 0 turns -0 into 0, which toEqual tells apart.
const values = fc.array(finite, { minLength: 1, maxLength: 50 });

test('quantiles agree with d3 and rise with p', () => {
  fc.assert(
    fc.property(
      values,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 }),
      (data, ps) => {
        const sample = sampleOf(data);
        if (sample === undefined) throw new Error('no values');
        const sorted = sortedSample(sample);
        const rising = ps.toSorted((a, b) => a - b).map((p) => quantile(sorted, p));
        expect(rising).toEqual(ps.toSorted((a, b) => a - b).map((p) => quantileSorted([...sorted], p)));
      },
    ),
  );
});

test('no summary, box plot or interval of finite values holds NaN or infinity', () => {
  const extreme = fc.oneof(finite, fc.constantFrom(0, -0, 1e150, -1e150, 1e-150, -1e-150));
  fc.assert(
    fc.property(fc.array(extreme, { maxLength: 20 }), (data) => {
      const results = [
        summarise(data),
        boxPlot(data),
        bootstrapInterval(data, 'mean', { seed: 1, resamples: 100 }),
        bootstrapInterval(data, 'median', { seed: 1, resamples: 100 }),
      ];
      const numbers = results
        .flatMap((result) => Object.values(result).flat())
        .filter((x) => typeof x === 'number');
      expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
    }),
  );
});

test('five numbers stand in order and the outliers are what lies outside the whiskers', () => {
  fc.assert(
    fc.property(values, (data) => {
      const box = boxPlot(data);
      if (box.kind !== 'box plot') throw new Error('expected a box plot');
      const five = [box.whiskerLow, box.q1, box.median, box.q3, box.whiskerHigh];
      expect(five).toEqual(five.toSorted((a, b) => a - b));
      const outside = data.filter((value) => value < box.whiskerLow || value > box.whiskerHigh);
      expect([...box.mildOutliers, ...box.extremeOutliers].toSorted((a, b) => a - b)).toEqual(
        outside.toSorted((a, b) => a - b),
      );
    }),
  );
});

test('a box plot by hand: 90 to 130 in fives and 1500', () => {
  expect(boxPlot([90, 95, 100, 105, 110, 115, 120, 125, 130, 1500])).toEqual({
    kind: 'box plot',
    n: 10,
    q1: 101.25,
    median: 112.5,
    q3: 123.75,
    whiskerLow: 90,
    whiskerHigh: 130,
    mildOutliers: [],
    extremeOutliers: [1500],
  });
  expect(boxPlot([0, 10, 10, 12, 14, 14, 24])).toMatchObject({
    q1: 10,
    q3: 14,
    mildOutliers: [0, 24],
    extremeOutliers: [],
  });
  expect(boxPlot([5])).toMatchObject({ whiskerLow: 5, q1: 5, median: 5, q3: 5, whiskerHigh: 5 });
});

test('intervals move and stretch with the values', () => {
  const data = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 30 });
  fc.assert(
    fc.property(data, fc.constantFrom('mean' as const, 'median' as const), (integers, statistic) => {
      const options = { seed: 3, resamples: 500 };
      const plain = bootstrapInterval(integers, statistic, options);
      const moved = bootstrapInterval(
        integers.map((value) => 4 * value + 100),
        statistic,
        options,
      );
      if (plain.kind !== 'interval' || moved.kind !== 'interval') throw new Error('expected intervals');
      expect(moved.low).toBeCloseTo(4 * plain.low + 100, 8);
      expect(moved.high).toBeCloseTo(4 * plain.high + 100, 8);
      expect(plain.low).toBeLessThanOrEqual(plain.estimate);
      expect(plain.high).toBeGreaterThanOrEqual(plain.estimate);
    }),
    { numRuns: 60 },
  );
});

test('fewer than six values get an estimate and no interval', () => {
  const options = { seed: 1 };
  expect(bootstrapInterval([4, 8], 'mean', options)).toEqual({
    kind: 'too few',
    needed: 6,
    n: 2,
    estimate: 6,
  });
  expect(bootstrapInterval([], 'median', options)).toEqual({
    kind: 'too few',
    needed: 6,
    n: 0,
    estimate: null,
  });
});

test('repetitions of an image become one pair of medians; what lacks a partner is named', () => {
  const a = [
    { key: 'b.jpg', value: 30 },
    { key: 'a.jpg', value: 10 },
    { key: 'a.jpg', value: 12 },
    { key: 'a.jpg', value: 99 },
    { key: 'only-a.jpg', value: 1 },
  ];
  const b = [
    { key: 'a.jpg', value: 6 },
    { key: 'b.jpg', value: 20 },
    { key: 'b.jpg', value: 10 },
    { key: 'only-b.jpg', value: 1 },
  ];
  expect(pairByKey(a, b)).toEqual({
    pairs: [
      { key: 'a.jpg', a: 12, b: 6 },
      { key: 'b.jpg', a: 30, b: 15 },
    ],
    onlyA: ['only-a.jpg'],
    onlyB: ['only-b.jpg'],
  });
});
