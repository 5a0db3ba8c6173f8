import { describe, expect, test } from 'vitest';
import {
  cliffsDelta,
  hodgesLehmannShift,
  kolmogorovSmirnovTest,
  type MannWhitneyResult,
  mannWhitneyTest,
} from '../src/index.ts';
import { kolmogorovUpperTail } from '../src/kolmogorov-distribution.ts';
import { expectNineDigits, r, scipy, valuesOf } from './support/references.ts';

/** Against scipy 1.17.1 (fixtures/make-scipy.py) and R 4.2.2 (fixtures/make-r.R). */
describe.each(scipy.twoSamples)('$name', (reference) => {
  const a = valuesOf(reference.a);
  const b = valuesOf(reference.b);

  test('Mann-Whitney', () => {
    const { u, exact, asymptotic } = reference.mannWhitney;
    const result = testOf(mannWhitneyTest(a, b));
    expect(result.u).toBe(u);
    if (a.length + b.length <= 60) {
      expect(result.method).toBe('exact');
      if (exact !== undefined) expectNineDigits(result.pValue, exact);
    } else {
      expect(result.method).toBe('normal approximation');
      expectNineDigits(result.pValue, asymptotic ?? 1);
    }
  });

  test('Kolmogorov-Smirnov', () => {
    const { d, exact, asymptotic } = reference.kolmogorovSmirnov;
    const result = kolmogorovSmirnovTest(a, b);
    if (result.kind !== 'test') throw new Error(`expected a test, got '${result.kind}'`);
    expect(result.method).toBe('exact');
    expectNineDigits(result.d, d);
    expectNineDigits(result.pValue, exact);
    // What the test itself would take from 1e8 cells on, here at sizes where scipy gives both.
    const effective = Math.round((a.length * b.length) / (a.length + b.length));
    if (effective > 140) expect(kolmogorovUpperTail(effective, result.d)).toBeCloseTo(asymptotic, 9);
  });

  test("Cliff's delta", () => {
    const result = cliffsDelta(a, b);
    expect(result.delta).toBeCloseTo(reference.cliffsDelta.delta, 12);
    if (Math.min(a.length, b.length) < 6) {
      expect(result.kind).toBe('too few');
      return;
    }
    if (result.kind !== 'delta') throw new Error('expected a delta');
    expect(result.low).toBeCloseTo(reference.cliffsDelta.low, 9);
    expect(result.high).toBeCloseTo(reference.cliffsDelta.high, 9);
  });

  test('Hodges-Lehmann', () => {
    expect(hodgesLehmannShift(a, b).shift).toBeCloseTo(reference.shift, 9);
  });
});

test.each(r.shifts)('R: $a.length and $b.length values, confidence $confidence', (reference) => {
  const { a, b, confidence, shift, low, high } = reference;
  const result = hodgesLehmannShift(a, b, { confidence });
  expect(result).toEqual({
    kind: 'shift',
    shift: expect.closeTo(shift, 9),
    low: expect.closeTo(low, 9),
    high: expect.closeTo(high, 9),
    n: [a.length, b.length],
    confidence,
  });
  const mannWhitney = testOf(mannWhitneyTest(a, b));
  expect(mannWhitney.u).toBe(reference.u);
  expectNineDigits(mannWhitney.pValue, reference.pValue);
  expect(kolmogorovSmirnovTest(a, b)).toMatchObject({
    pValue: expect.closeTo(reference.kolmogorovSmirnov, 9),
  });
});

test('effect sizes are named as Romano and others name them', () => {
  const base = Array.from({ length: 100 }, (_, index) => index);
  // 0 to 99 and the same shifted by k: 1 - ((100 - k) / 100)^2 about, which is 0.10, 0.28, 0.39 and 0.75.
  const sizes = [5, 15, 22, 50].map((by) => {
    const result = cliffsDelta(
      base.map((value) => value + by),
      base,
    );
    return result.kind === 'delta' ? result.size : result.kind;
  });
  expect(sizes).toEqual(['negligible', 'small', 'medium', 'large']);
});

test('sides apart with as few values as allowed: the interval does not claim certainty', () => {
  expect(cliffsDelta([7, 8, 9, 10, 11, 12], [1, 2, 3, 4, 5, 6])).toMatchObject({
    kind: 'delta',
    delta: 1,
    size: 'large',
    low: expect.closeTo(0.2193, 4),
    high: 1,
  });
});

function testOf(result: MannWhitneyResult): Extract<MannWhitneyResult, { kind: 'test' }> {
  if (result.kind !== 'test') throw new Error(`expected a test, got '${result.kind}'`);
  return result;
}
