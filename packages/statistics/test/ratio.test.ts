import fc from 'fast-check';
import { expect, test } from 'vitest';
import { medianRatio, pairedMedianRatio, type RatioResult } from '../src/index.ts';

const options = { seed: 7, resamples: 2000 };
const durationMs = fc.double({ min: 0.001, max: 1e6, noNaN: true });
const durations = fc.array(durationMs, { minLength: 6, maxLength: 40 });
const pairs = fc.array(fc.record({ a: durationMs, b: durationMs }), { minLength: 6, maxLength: 40 });

type Ratio = Extract<RatioResult, { kind: 'ratio' }>;

function ratioOf(result: RatioResult): Ratio {
  if (result.kind !== 'ratio') throw new Error(`expected a ratio, got '${result.kind}'`);
  return result;
}

function expectRelativelyClose(actual: number, expected: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThan(1e-9);
}

test('two equal sides have the ratio 1', () => {
  const same = [5, 6, 7, 8, 9, 10];
  expect(ratioOf(medianRatio(same, same, options)).ratio).toBe(1);
  const paired = ratioOf(
    pairedMedianRatio(
      same.map((value) => ({ a: value, b: value })),
      options,
    ),
  );
  expect([paired.ratio, paired.low, paired.high]).toEqual([1, 1, 1]);
});

test('constant sides have an interval of no width', () => {
  const result = ratioOf(medianRatio([6, 6, 6, 6, 6, 6, 6], [3, 3, 3, 3, 3, 3], options));
  expect(result.n).toEqual([7, 6]);
  for (const value of [result.ratio, result.low, result.high]) expectRelativelyClose(value, 2);
});

test('an image that is always slower in proportion to its size has one exact paired ratio', () => {
  const sizes = [1, 3, 9, 27, 81, 243, 729];
  const result = ratioOf(
    pairedMedianRatio(
      sizes.map((size) => ({ a: size * 1.5, b: size })),
      options,
    ),
  );
  for (const value of [result.ratio, result.low, result.high]) expectRelativelyClose(value, 1.5);
});

test('with an even number of pairs the middle is geometric', () => {
  const values = [1, 1, 1, 4, 4, 4].map((a) => ({ a, b: 1 }));
  expectRelativelyClose(ratioOf(pairedMedianRatio(values, options)).ratio, 2);
});

test('fewer than six on a side: the ratio stands, no interval is made up', () => {
  expect(medianRatio([2, 2, 2, 2, 2], [1, 1, 1, 1, 1, 1], options)).toEqual({
    kind: 'too few',
    needed: 6,
    n: [5, 6],
    ratio: 2,
  });
  expect(pairedMedianRatio([{ a: 3, b: 1 }], options)).toMatchObject({
    kind: 'too few',
    n: [1, 1],
    ratio: expect.closeTo(3, 12),
  });
});

test('a side without values has no ratio either', () => {
  expect(medianRatio([], [1, 1, 1, 1, 1, 1], options)).toEqual({
    kind: 'too few',
    needed: 6,
    n: [0, 6],
    ratio: null,
  });
  expect(pairedMedianRatio([], options)).toMatchObject({ kind: 'too few', n: [0, 0], ratio: null });
});

test('zero and negative durations have no ratio: they are counted, for each side', () => {
  expect(medianRatio([0, 1, 1, 1, 1, 1], [1, 1, 1, 1, -1, 0], options)).toEqual({
    kind: 'not positive',
    n: [6, 6],
    notPositive: [1, 2],
  });
  expect(pairedMedianRatio([{ a: 1, b: 0 }], options)).toEqual({
    kind: 'not positive',
    n: [1, 1],
    notPositive: [0, 1],
  });
});

test('swapped sides: the reciprocal ratio, and the reciprocal interval but for the noise of resampling', () => {
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      const forth = ratioOf(medianRatio(a, b, options));
      const back = ratioOf(medianRatio(b, a, options));
      expectRelativelyClose(forth.ratio * back.ratio, 1);
    }),
    { numRuns: 50 },
  );
  const near = [101, 99, 100, 98, 102, 103, 97, 100.5, 99.5, 100.2];
  const far = near.map((value) => value * 1.25 + 3);
  const forth = ratioOf(medianRatio(far, near, options));
  const back = ratioOf(medianRatio(near, far, options));
  expect(forth.low * back.high).toBeCloseTo(1, 2);
  expect(forth.high * back.low).toBeCloseTo(1, 2);
});

test('swapped pairs: the reciprocal ratio', () => {
  fc.assert(
    fc.property(pairs, (values) => {
      const forth = ratioOf(pairedMedianRatio(values, options)).ratio;
      const back = ratioOf(
        pairedMedianRatio(
          values.map(({ a, b }) => ({ a: b, b: a })),
          options,
        ),
      ).ratio;
      expectRelativelyClose(forth * back, 1);
    }),
    { numRuns: 50 },
  );
});

test('the interval holds the ratio, and everything is finite and positive', () => {
  const check = ({ low, ratio, high }: Ratio) => {
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(ratio * (1 + 1e-9));
    expect(high).toBeGreaterThanOrEqual(ratio * (1 - 1e-9));
    expect(high).toBeLessThan(Number.POSITIVE_INFINITY);
  };
  fc.assert(
    fc.property(durations, durations, (a, b) => check(ratioOf(medianRatio(a, b, options)))),
    {
      numRuns: 50,
    },
  );
  fc.assert(
    fc.property(pairs, (values) => check(ratioOf(pairedMedianRatio(values, options)))),
    { numRuns: 50 },
  );
});

test('a side measured in another unit scales ratio and interval alike', () => {
  fc.assert(
    fc.property(durations, durations, fc.double({ min: 1e-3, max: 1e3, noNaN: true }), (a, b, factor) => {
      const plain = ratioOf(medianRatio(a, b, options));
      const scaled = ratioOf(
        medianRatio(
          a.map((value) => value * factor),
          b,
          options,
        ),
      );
      expectRelativelyClose(scaled.ratio, plain.ratio * factor);
      expectRelativelyClose(scaled.low, plain.low * factor);
      expectRelativelyClose(scaled.high, plain.high * factor);
    }),
    { numRuns: 50 },
  );
});

test('the order of the values does not matter, the seed does', () => {
  fc.assert(
    fc.property(pairs, (values) => {
      expect(pairedMedianRatio(values.toReversed(), options)).toEqual(pairedMedianRatio(values, options));
    }),
    { numRuns: 30 },
  );
  const a = Array.from({ length: 30 }, (_, index) => 100 + ((index * 37) % 30));
  const b = Array.from({ length: 30 }, (_, index) => 90 + ((index * 11) % 30) * 1.7);
  expect(medianRatio(a.toReversed(), b, options)).toEqual(medianRatio(a, b, options));
  expect(medianRatio(a, b, { ...options, seed: 8 })).not.toEqual(medianRatio(a, b, options));
});

test('more confidence, a wider interval', () => {
  fc.assert(
    fc.property(durations, durations, (a, b) => {
      const wide = ratioOf(medianRatio(a, b, { ...options, confidence: 0.99 }));
      const narrow = ratioOf(medianRatio(a, b, { ...options, confidence: 0.8 }));
      expect(wide.low).toBeLessThanOrEqual(narrow.low);
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high);
    }),
    { numRuns: 30 },
  );
});
