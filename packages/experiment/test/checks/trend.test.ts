import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kendall } from '../../src/checks/trend.ts';

test('of 1 2 2 3, five of six pairs rise and one is tied', () => {
  // Variance: (4 x 3 x 13 - 2 x 1 x 9) / 18, the second term for the tie of two.
  expect(kendall([1, 2, 2, 3])).toEqual({ s: 5, variance: 138 / 18 });
  expect(kendall([3, 2, 2, 1])).toEqual({ s: -5, variance: 138 / 18 });
});

test('values that are all alike have no trend and no variance', () => {
  expect(kendall([7, 7, 7])).toEqual({ s: 0, variance: 0 });
  expect(kendall([])).toEqual({ s: 0, variance: 0 });
});

test('S is what counting every pair gives', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), (values) => {
      const pairs = values.flatMap((value, index) =>
        values.slice(index + 1).map((later) => Math.sign(later - value)),
      );
      expect(kendall(values).s).toBe(pairs.reduce<number>((sum, sign) => sum + sign, 0));
    }),
    { seed: 1 },
  );
});
