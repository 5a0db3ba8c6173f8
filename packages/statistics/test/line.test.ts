import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLine } from '../src/index.ts';

/** Anscombe (1973), the first of the four; coefficients and their standard errors as published: 0.1179 and 1.1247. */
const anscombe = [
  [10, 8.04],
  [8, 6.95],
  [13, 7.58],
  [9, 8.81],
  [11, 8.33],
  [14, 9.96],
  [6, 7.24],
  [4, 4.26],
  [12, 10.84],
  [7, 4.82],
  [5, 5.68],
].map(([x = 0, y = 0]) => ({ x, y }));

/** Student's t of 9 degrees of freedom, 97.5 %. */
const t9 = 2.262_157;

test("Anscombe's first set has the published line, with its intervals", () => {
  const line = fitLine(anscombe);
  if (line.kind !== 'line') throw new Error(line.kind);
  expect(line.slope.estimate).toBeCloseTo(0.5001, 4);
  expect(line.intercept.estimate).toBeCloseTo(3.0001, 4);
  expect(line.slope.high - line.slope.estimate).toBeCloseTo(t9 * 0.1179, 3);
  expect(line.intercept.estimate - line.intercept.low).toBeCloseTo(t9 * 1.1247, 3);
  expect(line.r2).toBeCloseTo(0.6665, 4);
  expect(line.n).toBe(11);
});

test('points of a line give that line, without scatter', () => {
  const coefficient = fc.integer({ min: -1000, max: 1000 });
  const xs = fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 6, maxLength: 20 });
  fc.assert(
    fc.property(coefficient, coefficient, xs, (slope, intercept, at) => {
      const line = fitLine(at.map((x) => ({ x, y: slope * x + intercept })));
      if (line.kind !== 'line') throw new Error(line.kind);
      const near = 1e-6 * (1 + Math.abs(slope) + Math.abs(intercept));
      expect(Math.abs(line.slope.estimate - slope)).toBeLessThan(near);
      expect(Math.abs(line.intercept.estimate - intercept)).toBeLessThan(1000 * near);
    }),
  );
});

test('what says nothing of a slope gives none', () => {
  expect(fitLine(anscombe.slice(0, 5))).toEqual({ kind: 'too few', needed: 6, n: 5 });
  expect(fitLine(anscombe.map(({ y }) => ({ x: 3, y })))).toEqual({ kind: 'one x', n: 11 });
  expect(fitLine(anscombe.map(({ x }) => ({ x, y: 7 })))).toMatchObject({
    kind: 'line',
    slope: { estimate: 0 },
    r2: 0,
  });
  expect(() => fitLine([...anscombe, { x: Number.NaN, y: 1 }])).toThrow('NaN');
});
