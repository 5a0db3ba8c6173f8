import { expect, test } from 'vitest';
import {
  bootstrapInterval,
  quantile,
  type SortedSample,
  StatisticsError,
  sampleOf,
  sortedSample,
} from '../src/index.ts';

const sorted = sortedOf([1, 2, 3]);

test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e200, -1e-200])(
  'a sample refuses %d and says which value it is',
  (value) => {
    expect(() => sampleOf([1, value, 3])).toThrow(StatisticsError);
    expect(() => sampleOf([1, value, 3])).toThrow(`Value 2 of 3 is ${value}`);
  },
);

test('a sample of nothing is undefined', () => {
  expect(sampleOf([])).toBeUndefined();
});

test('a sample is a copy: changing the source changes nothing', () => {
  const source = [3, 1, 2];
  const sample = sampleOf(source);
  source[0] = Number.NaN;
  expect(sample).toEqual([3, 1, 2]);
});

test.each([95, -0.1, Number.NaN])('p = %d is refused', (p) => {
  expect(() => quantile(sorted, p)).toThrow('fraction from 0 to 1');
});

test.each([
  [{ seed: 1.5 }, 'seed'],
  [{ seed: 2 ** 32 }, 'seed'],
  [{ seed: 1, resamples: 10 }, 'resamples'],
  [{ seed: 1, resamples: Number.NaN }, 'resamples'],
  [{ seed: 1, confidence: 95 }, 'confidence'],
  [{ seed: 1, confidence: 1 }, 'confidence'],
])('the options %o are refused by name', (options, name) => {
  expect(() => bootstrapInterval([1, 2, 3, 4, 5, 6], 'mean', options)).toThrow(name);
});

function sortedOf(values: readonly number[]): SortedSample {
  const sample = sampleOf(values);
  if (sample === undefined) throw new Error('no values');
  return sortedSample(sample);
}
