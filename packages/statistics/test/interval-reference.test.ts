import { expect, test } from 'vitest';
import { jackknifeMeans, jackknifeMedians } from '../src/bootstrap-bca.ts';
import { bootstrapInterval, medianRatio, pairedMedianRatio, quantileInterval } from '../src/index.ts';
import { scipy, valuesOf } from './support/references.ts';

test.each(scipy.quantileIntervals)('order statistics: p = $p, confidence $confidence', (reference) => {
  const { p, confidence, low, high } = reference;
  const values = valuesOf(reference.a);
  const result = quantileInterval(values, p, { confidence });
  if (low === null || high === null) expect(result.kind).toBe('too few');
  else expect(result).toMatchObject({ kind: 'interval', method: 'order statistics', low, high, confidence });
});

/** Ends of the mean of three runs of 200,000 resamples; a fiftieth of the width is what seeds differ by. */
test.each(scipy.bootstrap)('$method bootstrap of the $statistic', (reference) => {
  const { values, statistic, method, low, high } = reference;
  const result = bootstrapInterval(values, statistic, { seed: 20261121, resamples: 50_000, method });
  if (result.kind !== 'interval') throw new Error('expected an interval');
  expect(result.method).toBe(`${method} bootstrap`);
  const tolerance = (high - low) / 50;
  expect(Math.abs(result.low - low)).toBeLessThan(tolerance);
  expect(Math.abs(result.high - high)).toBeLessThan(tolerance);
});

test('how many values a quantile needs', () => {
  const few = [3, 1, 2];
  expect(quantileInterval(few, 0.5)).toEqual({ kind: 'too few', needed: 6, n: 3, estimate: 2 });
  expect(quantileInterval(few, 0.95)).toMatchObject({ needed: 72 });
  expect(quantileInterval(few, 0.05)).toMatchObject({ needed: 72 });
  expect(quantileInterval(few, 0.99)).toMatchObject({ needed: 368 });
  expect(quantileInterval(few, 0.999, { confidence: 0.99 })).toMatchObject({ needed: 5296 });
  expect(quantileInterval([], 0.5)).toEqual({ kind: 'too few', needed: 6, n: 0, estimate: null });
});

test('above 5,000 values the interval changes its method and says so', () => {
  const values = (n: number) => valuesOf({ series: [n, 7919, 10007, 100] });
  const options = { seed: 5, resamples: 200 };
  for (const [statistic, method] of [
    ['median', 'order statistics'],
    ['mean', 'normal approximation'],
  ] as const) {
    const resampled = bootstrapInterval(values(5000), statistic, options);
    const computed = bootstrapInterval(values(5001), statistic, options);
    if (resampled.kind !== 'interval' || computed.kind !== 'interval') throw new Error('expected intervals');
    expect([resampled.method, computed.method]).toEqual(['percentile bootstrap', method]);
    const width = resampled.high - resampled.low;
    expect(Math.abs(computed.low - resampled.low)).toBeLessThan(width / 4);
    expect(Math.abs(computed.high - resampled.high)).toBeLessThan(width / 4);
  }
  expect(bootstrapInterval(values(6000), 'median', options)).toEqual({
    ...quantileInterval(values(6000), 0.5),
  });
});

test.each([[[1, 2, 4, 8, 16, 32]], [[1, 2, 4, 8, 16, 32, 64]]])(
  'each value of %j left out in turn',
  (values) => {
    const without = values.map((_, index) => values.toSpliced(index, 1));
    const sorted = Float64Array.from(values);
    expect([...jackknifeMedians(sorted)]).toEqual(
      without.map((rest) => ((rest[(rest.length - 1) >> 1] ?? 0) + (rest[rest.length >> 1] ?? 0)) / 2),
    );
    const means = without.map((rest) => rest.reduce((sum, value) => sum + value, 0) / rest.length);
    for (const [index, value] of jackknifeMeans(sorted).entries()) {
      expect(value).toBeCloseTo(means[index] ?? 0, 12);
    }
  },
);

test('ratios of more than 5,000 values a side take the order statistics of each', () => {
  const options = { seed: 1 };
  const a = valuesOf({ series: [6001, 7919, 10007, 100, 30] }).map((value) => value ** 2);
  const b = valuesOf({ series: [50, 104729, 10009, 100, 20] });
  const [ofA, ofB, forth, back] = [
    quantileInterval(a, 0.5),
    quantileInterval(b, 0.5),
    medianRatio(a, b, options),
    medianRatio(b, a, options),
  ];
  if (ofA.kind !== 'interval' || ofB.kind !== 'interval' || forth.kind !== 'ratio' || back.kind !== 'ratio') {
    throw new Error('expected intervals and ratios');
  }
  const below = Math.hypot(Math.log(ofA.estimate / ofA.low), Math.log(ofB.high / ofB.estimate));
  expect(forth.low).toBeCloseTo((ofA.estimate / ofB.estimate) * Math.exp(-below), 9);
  expect(forth.low * back.high).toBeCloseTo(1, 12);
  expect(forth.high * back.low).toBeCloseTo(1, 12);

  const ratios = valuesOf({ series: [6001, 7919, 10007, 10007, 0.5] });
  const paired = pairedMedianRatio(
    ratios.map((ratio) => ({ a: 3 * ratio, b: 3 })),
    options,
  );
  const expected = quantileInterval(ratios, 0.5);
  if (expected.kind !== 'interval') throw new Error('expected an interval');
  expect(paired).toMatchObject({
    kind: 'ratio',
    ratio: expect.closeTo(expected.estimate, 9),
    low: expect.closeTo(expected.low, 9),
    high: expect.closeTo(expected.high, 9),
  });
});
