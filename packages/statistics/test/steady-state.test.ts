import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SteadyState, steadyState } from '../src/index.ts';
import { levelChanges } from '../src/segmentation.ts';
import { seededRandom, shareOf } from './support/random.ts';

const random = seededRandom(17);

/** Durations of 100 ms with 2 % of noise and now and then one that takes three times as long. */
function noisy(n: number, level: (index: number) => number = () => 100): readonly number[] {
  return Array.from({ length: n }, (_, index) => {
    const outlier = random.uniform() < 0.02 ? 3 : 1;
    return level(index) * (1 + 0.02 * random.normal()) * outlier;
  });
}

function steady(values: readonly number[]): Extract<SteadyState, { kind: 'steady' }> {
  const result = steadyState(values);
  if (result.kind !== 'steady') throw new Error(`expected a steady state, got '${result.kind}'`);
  return result;
}

describe('planted series', () => {
  test('noise alone is steady from the start', () => {
    const result = steady(noisy(300));
    expect(result).toMatchObject({ from: 0, before: 'nothing', n: 300, resolution: 1 });
    expect(result.level).toBeGreaterThan(99);
    expect(result.level).toBeLessThan(101);
  });

  test('a step down after 40 of 300: a warm-up that ends there', () => {
    const result = steady(noisy(300, (index) => (index < 40 ? 150 : 100)));
    expect(result.before).toBe('higher');
    expect(result.from).toBeGreaterThanOrEqual(38);
    expect(result.from).toBeLessThanOrEqual(42);
  });

  test('a step up: a slowdown', () => {
    const result = steady(noisy(300, (index) => (index < 40 ? 70 : 100)));
    expect(result.before).toBe('lower');
    expect(Math.abs(result.from - 40)).toBeLessThanOrEqual(2);
  });

  test('three slow values at the start of 20 are found', () => {
    const values = Array.from({ length: 20 }, (_, index) =>
      index < 3 ? 400 + index : 100 + ((index * 7) % 17) / 10,
    );
    expect(steady(values)).toMatchObject({ from: 3, before: 'higher' });
  });

  test('a ramp that levels out: steady once it is within the tolerance of its end', () => {
    const result = steady(noisy(600, (index) => 100 + 80 * Math.exp(-index / 30)));
    // At 30 ln(40) = 111 what is left is 2 %.
    expect(result.before).toBe('higher');
    expect(result.from).toBeGreaterThan(60);
    expect(result.from).toBeLessThan(170);
  });

  test('a drift that does not end is not steady', () => {
    expect(steadyState(noisy(400, (index) => 100 + index / 8)).kind).toBe('not steady');
  });

  test('a change late in the run is not steady, and the stretches say where it was', () => {
    const result = steadyState(noisy(400, (index) => (index < 280 ? 100 : 120)));
    if (result.kind !== 'not steady') throw new Error(`got '${result.kind}'`);
    expect(result.stretches).toHaveLength(2);
    expect(Math.abs((result.stretches[1]?.from ?? 0) - 280)).toBeLessThanOrEqual(3);
  });

  test('a warm-up of nearly half the run is still a warm-up', () => {
    const result = steady(noisy(400, (index) => (index < 180 ? 130 : 100)));
    expect(result.before).toBe('higher');
    expect(Math.abs(result.from - 180)).toBeLessThanOrEqual(3);
  });

  test('a difference below the tolerance is none that matters', () => {
    const values = noisy(2000, (index) => (index < 500 ? 101.2 : 100));
    expect(steady(values).from).toBe(0);
    const strict = steadyState(values, { tolerance: 0.002 });
    expect(strict).toMatchObject({ kind: 'steady', before: 'higher' });
  });

  test('outliers, even a run of two, are not a change', () => {
    const values = noisy(200).map((value, index) => (index === 90 || index === 91 ? 5000 : value));
    expect(steady(values).from).toBe(0);
  });

  test('a long series is searched in blocks', () => {
    const result = steady(noisy(100_000, (index) => (index < 7000 ? 140 : 100)));
    expect(result.resolution).toBe(50);
    expect(result.from % 50).toBe(0);
    expect(Math.abs(result.from - 7000)).toBeLessThanOrEqual(100);
  });

  test('constant values, and values of a coarse clock, are steady', () => {
    expect(steady(new Array<number>(50).fill(7)).from).toBe(0);
    expect(steady(Array.from({ length: 200 }, (_, index) => ((index * 37) % 5 < 3 ? 1 : 2))).from).toBe(0);
  });
});

/**
 * How often noise is divided although its level never changes. Measured with 1,000 to 20,000 series: 2.4 % of 20 values,
 * 1.8 % of 50, 0.8 % of 200, 0.3 % of 1,000, whatever the distribution. Bounds leave room for the number of series here.
 */
test.each([
  [20, 0.04],
  [50, 0.032],
  [200, 0.018],
])('false alarms in pure noise of %d values', (n, most) => {
  const alarms = shareOf(1000, () => {
    const values = Array.from({ length: n }, () => Math.exp(random.normal()));
    return levelChanges(values, 2.5).length > 1;
  });
  expect(alarms).toBeLessThan(most);
});

test('a level 20 % higher for the first fifth of 100 is nearly always found', () => {
  const found = shareOf(200, () => {
    const result = steadyState(noisy(100, (index) => (index < 20 ? 120 : 100)));
    return result.kind === 'steady' && Math.abs(result.from - 20) <= 2;
  });
  expect(found).toBeGreaterThan(0.9);
});

test('the division found is the best of all', () => {
  // Small enough that series of so few values are divided once, twice and more.
  const penalty = 0.4;
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 2, maxLength: 9 }),
      (values) => {
        const n = values.length;
        const scores = scoresOf(values);
        const costs = Array.from({ length: 2 ** (n - 1) }, (_, mask) => {
          const starts = [0, ...scores.keys()].filter(
            (index, place) => place === 0 || (index > 0 && (mask >> (index - 1)) & 1),
          );
          return costOf(scores, starts, penalty * Math.log(n));
        });
        expect(costOf(scores, levelChanges(values, penalty), penalty * Math.log(n))).toBeCloseTo(
          Math.min(...costs),
          9,
        );
      },
    ),
    { numRuns: 100 },
  );
});

test('a strictly rising change of unit moves nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 20, maxLength: 60 }), (values) => {
      const cubes = values.map((value) => value ** 3 + 5);
      expect(levelChanges(cubes, 2.5)).toEqual(levelChanges(values, 2.5));
    }),
  );
});

test('fewer than twenty values, and nonsense, are refused', () => {
  expect(steadyState(noisy(19))).toEqual({ kind: 'too few', needed: 20, n: 19 });
  expect(() => steadyState(noisy(30), { tolerance: 5 })).toThrow('tolerance is a fraction');
  expect(() => steadyState([Number.NaN])).toThrow('Value 1 of 1 is NaN');
});

/** Normal scores of different integers, written down independently: by bisection of the error function's series. */
function scoresOf(values: readonly number[]): readonly number[] {
  const ascending = values.toSorted((x, y) => x - y);
  return values.map((value) => quantileByBisection((ascending.indexOf(value) + 0.5) / values.length));
}

function quantileByBisection(p: number): number {
  let [low, high] = [-4, 4];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (cumulative(middle) < p) low = middle;
    else high = middle;
  }
  return low;
}

function cumulative(z: number): number {
  let term = z;
  let sum = z;
  for (let k = 1; k < 100; k += 1) {
    term *= (-z * z) / (2 * k);
    sum += term / (2 * k + 1);
  }
  return 0.5 + sum / Math.sqrt(2 * Math.PI);
}

function costOf(scores: readonly number[], starts: readonly number[], penalty: number): number {
  return starts.reduce((total, start, index) => {
    const stretch = scores.slice(start, starts[index + 1]);
    const centre = stretch.reduce((sum, score) => sum + score, 0) / stretch.length;
    const squares = stretch.reduce((sum, score) => sum + (score - centre) ** 2, 0);
    return total + squares + (index === 0 ? 0 : penalty);
  }, 0);
}
