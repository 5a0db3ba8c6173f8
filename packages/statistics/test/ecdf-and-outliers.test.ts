import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxPlot, classifyOutliers, type Ecdf, ecdf, type Outliers } from '../src/index.ts';

const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 80 });

function curve(data: readonly number[], mostPoints?: number): Ecdf {
  const result = ecdf(data, mostPoints);
  if (result.kind === 'empty') throw new Error('no values');
  return result;
}

describe('empirical cumulative distribution', () => {
  test('by hand: equal values are one step', () => {
    expect(ecdf([3, 1, 3, 7])).toEqual({
      kind: 'ecdf',
      n: 4,
      steps: 3,
      points: [
        { value: 1, share: 0.25 },
        { value: 3, share: 0.75 },
        { value: 7, share: 1 },
      ],
      thinned: false,
    });
    expect(ecdf([])).toEqual({ kind: 'empty' });
  });

  test('rises strictly from the smallest value to 1 at the largest; every point lies on the curve, thinned or not', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 100 }), (data, mostPoints) => {
        const { points, steps, thinned } = curve(data, mostPoints);
        expect(points[0]?.value).toBe(Math.min(...data));
        expect(points.at(-1)).toEqual({ value: Math.max(...data), share: 1 });
        expect(points.length).toBeLessThanOrEqual(Math.max(mostPoints, 2));
        expect(steps).toBe(new Set(data).size);
        expect(thinned).toBe(points.length < steps || steps > mostPoints);
        for (const [index, { value, share }] of points.entries()) {
          expect(share).toBe(data.filter((other) => other <= value).length / data.length);
          if (index > 0) expect(value).toBeGreaterThan(points[index - 1]?.value ?? value);
        }
      }),
    );
  });

  test('thinned, it is known everywhere to two of the equal shares', () => {
    const { points, thinned, steps } = curve(
      Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 100_003),
      500,
    );
    expect([thinned, steps]).toEqual([true, 100_000]);
    expect(points.length).toBeGreaterThan(490);
    const gaps = points.slice(1).map(({ share }, index) => share - (points[index]?.share ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(2 / 499);
  });

  test('fewer than two points are no curve', () => {
    expect(() => ecdf([1, 2, 3], 1)).toThrow('mostPoints is a whole number from 2 on');
  });
});

describe('outliers', () => {
  test('by hand: quartiles 10 and 14, mild beyond 4 and 20, severe beyond -2 and 26', () => {
    const data = [27, 10, 4, 10, 12, 14, 14, 3.9, -2.1, 20, 10, 12, 13, 11, 14, 10, 26];
    const [q1, q3] = [10, 14];
    expect(boxPlot(data)).toMatchObject({ q1, q3 });
    expect(classifyOutliers(data)).toEqual({
      kind: 'outliers',
      n: 17,
      counts: { 'low severe': 1, 'low mild': 1, 'high mild': 1, 'high severe': 1 },
      found: [
        { index: 0, value: 27, class: 'high severe' },
        { index: 7, value: 3.9, class: 'low mild' },
        { index: 8, value: -2.1, class: 'low severe' },
        { index: 16, value: 26, class: 'high mild' },
      ],
    });
  });

  test('the same as the box plot draws; mirrored values are outliers on the other side', () => {
    fc.assert(
      fc.property(values, (data) => {
        const outliers = found(data);
        const box = boxPlot(data);
        if (box.kind !== 'box plot') throw new Error('no values');
        const of = (word: string) =>
          outliers.found.filter((outlier) => outlier.class.endsWith(word)).map(({ value }) => value);
        expect(of('mild').toSorted((x, y) => x - y)).toEqual(box.mildOutliers);
        expect(of('severe').toSorted((x, y) => x - y)).toEqual(box.extremeOutliers);
        for (const { index, value } of outliers.found) expect(data[index]).toBe(value);
        const { counts } = found(data.map((value) => -value));
        expect([counts['low severe'], counts['high mild']]).toEqual([
          outliers.counts['high severe'],
          outliers.counts['low mild'],
        ]);
      }),
    );
  });

  test('of nothing there are none', () => {
    expect(classifyOutliers([])).toEqual({ kind: 'empty' });
  });

  function found(data: readonly number[]): Outliers {
    const result = classifyOutliers(data);
    if (result.kind === 'empty') throw new Error('no values');
    return result;
  }
});
