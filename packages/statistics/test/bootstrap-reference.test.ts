import { expect, test } from 'vitest';
import { bootstrapInterval, medianRatio, pairedMedianRatio } from '../src/index.ts';

const a = [41.2, 39.8, 44.1, 40.5, 47.9, 42.2, 39.1, 60.3, 41.7, 43.3, 40.9, 42.8];
const b = [30.5, 29.9, 33.2, 31.1, 30.2, 35.8, 29.4, 30.8, 31.9, 30.1];
const options = { seed: 20261121, resamples: 100_000 };

/**
 * Against scipy.stats.bootstrap (1.17.1, method 'percentile', 200,000 resamples, three seeds: they agree within the
 * tolerances below, which are Monte Carlo noise of the interval's ends and a fiftieth of its width).
 */
test('ratio of medians, unbalanced', () => {
  expect(medianRatio(a, b, options)).toEqual({
    kind: 'ratio',
    ratio: expect.closeTo(1.368678629690049, 12),
    low: expect.closeTo(1.2936, 2),
    high: expect.closeTo(1.4338, 2),
    n: [12, 10],
    confidence: 0.95,
  });
});

test('median of paired ratios', () => {
  const pairs = b.map((value, index) => ({ a: a[index] ?? 0, b: value }));
  expect(pairedMedianRatio(pairs, options)).toEqual({
    kind: 'ratio',
    ratio: expect.closeTo(1.3305176968781411, 12),
    low: expect.closeTo(1.30721003, 7),
    high: expect.closeTo(1.46373674, 7),
    n: [10, 10],
    confidence: 0.95,
  });
});

test('mean and median of one side', () => {
  const meanInterval = bootstrapInterval(a, 'mean', options);
  expect(meanInterval).toMatchObject({ kind: 'interval', estimate: expect.closeTo(43.65, 12), n: 12 });
  expect(meanInterval).toMatchObject({ low: expect.closeTo(41.2, 1), high: expect.closeTo(47.17, 1) });
  expect(bootstrapInterval(a, 'median', options)).toMatchObject({
    estimate: expect.closeTo(41.95, 12),
    low: expect.closeTo(40.7, 12),
    high: expect.closeTo(43.7, 12),
  });
});
