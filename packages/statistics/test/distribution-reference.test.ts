import { expect, test } from 'vitest';
import { kolmogorovUpperTail } from '../src/kolmogorov-distribution.ts';
import { normalQuantile, normalUpperTail } from '../src/normal.ts';
import { studentQuantile } from '../src/student.ts';
import { expectNineDigits, scipy } from './support/references.ts';

test.each(scipy.normal)('normal tail beyond $z', ({ z, upperTail }) => {
  expectNineDigits(normalUpperTail(z), upperTail);
});

test.each(scipy.normalQuantile)('normal quantile of $p', ({ p, z }) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 9);
});

test.each(scipy.student)("Student's t: $p with $degrees degrees of freedom", ({ p, degrees, t }) => {
  expectNineDigits(studentQuantile(p, degrees), t);
});

test.each(scipy.kolmogorov)('Kolmogorov: $n values, d = $d', ({ n, d, upperTail }) => {
  const actual = kolmogorovUpperTail(n, d);
  if (n * d ** 2 >= 2.2) expectNineDigits(actual, upperTail);
  else expect(Math.abs(actual - upperTail)).toBeLessThan(1e-9);
});
