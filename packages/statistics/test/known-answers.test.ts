import { describe, expect, test } from 'vitest';
import {
  coefficientOfVariation,
  mean,
  quantile,
  type Sample,
  sampleOf,
  sortedSample,
  standardDeviation,
  summarise,
} from '../src/index.ts';

interface Reference {
  readonly name: string;
  readonly values: readonly number[];
  readonly quantiles: readonly (readonly [p: number, expected: number])[];
  readonly mean: number;
  readonly standardDeviation: number | null;
  readonly coefficientOfVariation: number | null;
}

/** Reference values of numpy 2.4.6 (quantile, mean, std ddof=1) and scipy 1.17.1 (variation ddof=1), frozen. */
const references: readonly Reference[] = [
  {
    name: 'ten latencies, one of them far out',
    values: [90, 95, 100, 105, 110, 115, 120, 125, 130, 1500],
    quantiles: [
      [0, 90],
      [0.1, 94.5],
      [0.25, 101.25],
      [0.5, 112.5],
      [0.9, 266.99999999999955],
      [0.95, 883.4999999999985],
      [0.99, 1376.7000000000003],
      [1, 1500],
    ],
    mean: 249,
    standardDeviation: 439.7461388877299,
    coefficientOfVariation: 1.7660487505531324,
  },
  {
    name: 'one value',
    values: [42.5],
    quantiles: [
      [0, 42.5],
      [0.5, 42.5],
      [0.95, 42.5],
      [1, 42.5],
    ],
    mean: 42.5,
    standardDeviation: null,
    coefficientOfVariation: null,
  },
  {
    name: 'two values, not in order',
    values: [3, 1],
    quantiles: [
      [0, 1],
      [0.1, 1.2],
      [0.25, 1.5],
      [0.5, 2],
      [0.95, 2.9],
      [1, 3],
    ],
    mean: 2,
    standardDeviation: Math.SQRT2,
    coefficientOfVariation: Math.SQRT1_2,
  },
  {
    name: 'ties',
    values: [2, 2, 2, 2, 5, 5, 1],
    quantiles: [
      [0.1, 1.6],
      [0.25, 2],
      [0.5, 2],
      [0.9, 5],
      [0.99, 5],
    ],
    mean: 2.7142857142857144,
    standardDeviation: 1.6035674514745462,
    coefficientOfVariation: 0.5907880084379906,
  },
  {
    name: 'negative values and zero',
    values: [-3.5, -1, 0, 2.25, 7],
    quantiles: [
      [0.1, -2.5],
      [0.25, -1],
      [0.5, 0],
      [0.9, 5.1],
      [0.95, 6.05],
    ],
    mean: 0.95,
    standardDeviation: 3.96232255123179,
    coefficientOfVariation: 4.170865843401884,
  },
  {
    name: 'fractions of very different size',
    values: [0.1, 0.2, 0.3, 0.7, 1e-3, 12.125, 3.3333],
    quantiles: [
      [0.1, 0.0604],
      [0.25, 0.15],
      [0.5, 0.3],
      [0.9, 6.84998],
      [0.99, 11.597498],
    ],
    mean: 2.3941857142857144,
    standardDeviation: 4.446564933529616,
    coefficientOfVariation: 1.8572347612792488,
  },
];

describe.each(references)('$name', (reference) => {
  const values = sampleFor(reference.values);

  test.each(reference.quantiles)('quantile %d is %d', (p, expected) => {
    expect(quantile(sortedSample(values), p)).toBeCloseTo(expected, 10);
  });

  test('mean, standard deviation and coefficient of variation', () => {
    expect(mean(values)).toBeCloseTo(reference.mean, 12);
    expectClose(standardDeviation(values), reference.standardDeviation);
    expectClose(coefficientOfVariation(values), reference.coefficientOfVariation);
  });
});

test('a summary puts them together', () => {
  expect(summarise([3, 1])).toEqual({
    kind: 'summary',
    n: 2,
    mean: 2,
    standardDeviation: Math.SQRT2,
    coefficientOfVariation: Math.SQRT2 / 2,
    min: 1,
    q1: 1.5,
    median: 2,
    q3: 2.5,
    p95: 2.9,
    p99: 2.98,
    max: 3,
  });
  expect(summarise([])).toEqual({ kind: 'empty' });
});

test('a standard deviation keeps its digits beside a large offset', () => {
  expectClose(standardDeviation(sampleFor([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])), Math.sqrt(30));
});

test('a mean of zero or below has no coefficient of variation', () => {
  expect(coefficientOfVariation(sampleFor([-1, 1]))).toBeNull();
  expect(coefficientOfVariation(sampleFor([-3, -5]))).toBeNull();
  expect(coefficientOfVariation(sampleFor([0, 0, 0]))).toBeNull();
});

function sampleFor(values: readonly number[]): Sample {
  const sample = sampleOf(values);
  if (sample === undefined) throw new Error('the reference has no values');
  return sample;
}

function expectClose(actual: number | null, expected: number | null): void {
  if (expected === null) expect(actual).toBeNull();
  else expect(actual).toBeCloseTo(expected, 12);
}
