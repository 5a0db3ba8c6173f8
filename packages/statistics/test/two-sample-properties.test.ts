import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cliffsDelta,
  hodgesLehmannShift,
  kolmogorovSmirnovTest,
  mannWhitneyTest,
  quantileInterval,
} from '../src/index.ts';

/** Small whole numbers tie often, and sums and differences of them are exact. */
const tied = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 45 });
const sides = fc.tuple(tied, tied);
const enough = fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 6, maxLength: 45 });

function statisticsOf(a: readonly number[], b: readonly number[]) {
  const u = mannWhitneyTest(a, b);
  const ks = kolmogorovSmirnovTest(a, b);
  if (u.kind !== 'test' || ks.kind !== 'test') throw new Error('expected tests');
  return { u, ks, delta: cliffsDelta(a, b), shift: hodgesLehmannShift(a, b) };
}

test('swapped sides: U1 + U2 = n m, the same p-values, the opposite delta and shift', () => {
  fc.assert(
    fc.property(sides, ([a, b]) => {
      const forth = statisticsOf(a, b);
      const back = statisticsOf(b, a);
      expect(forth.u.u + back.u.u).toBe(a.length * b.length);
      expect(back.u.pValue).toBeCloseTo(forth.u.pValue, 12);
      expect(back.ks.d).toBe(forth.ks.d);
      expect(back.ks.pValue).toBeCloseTo(forth.ks.pValue, 12);
      expect(back.delta.delta).toBeCloseTo(-(forth.delta.delta ?? 0), 12);
      expect(back.shift.shift).toBeCloseTo(-(forth.shift.shift ?? 0), 12);
      if (forth.shift.kind === 'shift' && back.shift.kind === 'shift') {
        expect([back.shift.low + forth.shift.high, back.shift.high + forth.shift.low]).toEqual([0, 0]);
      }
      if (forth.delta.kind === 'delta' && back.delta.kind === 'delta') {
        expect(back.delta.low).toBeCloseTo(-forth.delta.high, 12);
      }
    }),
  );
});

test('another unit and another zero change no test; the shift goes with them', () => {
  fc.assert(
    fc.property(sides, fc.integer({ min: -100, max: 100 }), fc.constantFrom(2, 16), ([a, b], zero, unit) => {
      const plain = statisticsOf(a, b);
      const change = (value: number) => value * unit + zero;
      const changed = statisticsOf(a.map(change), b.map(change));
      expect([changed.u, changed.ks, changed.delta]).toEqual([plain.u, plain.ks, plain.delta]);
      expect(changed.shift.shift).toBe((plain.shift.shift ?? 0) * unit);
    }),
  );
});

test("U, Cliff's delta, the shift and D are what their definitions say, pair by pair", () => {
  fc.assert(
    fc.property(sides, ([a, b]) => {
      const { u, ks, delta, shift } = statisticsOf(a, b);
      const differences = a.flatMap((x) => b.map((y) => x - y)).sort((x, y) => x - y);
      const share = (holds: (difference: number) => boolean) =>
        differences.filter(holds).length / differences.length;
      const wins = share((difference) => difference > 0);
      const ties = share((difference) => difference === 0);
      expect(u.u / differences.length).toBeCloseTo(wins + ties / 2, 12);
      expect(delta.delta).toBeCloseTo(2 * wins + ties - 1, 12);
      const half = differences.length / 2;
      const middle = (differences[Math.ceil(half) - 1] ?? 0) + (differences[Math.floor(half)] ?? 0);
      expect(shift.shift).toBeCloseTo(middle / 2, 12);
      const upTo = (side: readonly number[], value: number) =>
        side.filter((other) => other <= value).length / side.length;
      const distances = [...a, ...b].map((value) => Math.abs(upTo(a, value) - upTo(b, value)));
      expect(ks.d).toBeCloseTo(Math.max(...distances), 12);
    }),
  );
});

test('p-values are above 0 and at most 1; intervals hold their estimate and widen with confidence', () => {
  fc.assert(
    fc.property(enough, enough, (a, b) => {
      const { u, ks } = statisticsOf(a, b);
      for (const p of [u.pValue, ks.pValue]) {
        expect(p).toBeGreaterThan(0);
        expect(p).toBeLessThanOrEqual(1);
      }
      const at = (confidence: number) => {
        const shift = hodgesLehmannShift(a, b, { confidence });
        const delta = cliffsDelta(a, b, { confidence });
        const median = quantileInterval(a, 0.5, { confidence });
        if (shift.kind !== 'shift' || delta.kind !== 'delta' || median.kind !== 'interval') {
          throw new Error('expected intervals');
        }
        return [
          { low: shift.low, estimate: shift.shift, high: shift.high },
          { low: delta.low, estimate: delta.delta, high: delta.high },
          { low: median.low, estimate: median.estimate, high: median.high },
        ];
      };
      const wide = at(0.95);
      for (const [index, { low, estimate, high }] of at(0.7).entries()) {
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
        expect(wide[index]?.low).toBeLessThanOrEqual(low);
        expect(wide[index]?.high).toBeGreaterThanOrEqual(high);
      }
    }),
  );
});

test('nothing but finite numbers comes out, whatever finite numbers go in', () => {
  const extreme = fc.oneof(
    fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((value) => Math.round(value)),
    fc.constantFrom(0, -0, 1e150, -1e150, 1e-150, -1e-150),
  );
  const side = fc.array(extreme, { maxLength: 40 });
  fc.assert(
    fc.property(side, side, fc.constantFrom(0.5, 0.95, 0.999_999_9), (a, b, confidence) => {
      const results = [
        mannWhitneyTest(a, b),
        kolmogorovSmirnovTest(a, b),
        cliffsDelta(a, b, { confidence }),
        hodgesLehmannShift(a, b, { confidence }),
        quantileInterval(a, 0.5, { confidence }),
        quantileInterval(a, 0.99, { confidence }),
      ];
      const numbers = results
        .flatMap((result) => Object.values(result).flat())
        .filter((value) => typeof value === 'number');
      expect(numbers.filter((number) => !Number.isFinite(number))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test('below the fewest values there is no p-value and no interval', () => {
  const three = [1, 2, 3];
  const many = [1, 2, 3, 4, 5, 6, 7];
  const tooFew = { kind: 'too few', needed: 4, n: [3, 7] };
  expect(mannWhitneyTest(three, many)).toEqual(tooFew);
  expect(kolmogorovSmirnovTest(three, many)).toEqual(tooFew);
  expect(mannWhitneyTest([], [])).toEqual({ ...tooFew, n: [0, 0] });
  expect(cliffsDelta(many, many.slice(2))).toMatchObject({ kind: 'too few', needed: 6, n: [7, 5] });
  expect(hodgesLehmannShift(many, [])).toEqual({ kind: 'too few', needed: 6, n: [7, 0], shift: null });
  expect(cliffsDelta([], many)).toEqual({ kind: 'too few', needed: 6, n: [0, 7], delta: null });
  // 12 choose 6 is 924: no interval of six and six can promise 99.9 %.
  expect(hodgesLehmannShift(many.slice(1), many.slice(1), { confidence: 0.999 })).toMatchObject({
    kind: 'too few',
    needed: 7,
    n: [6, 6],
    shift: 0,
  });
});

test('confidence outside its range is refused by name', () => {
  const some = [1, 2, 3, 4, 5, 6];
  for (const call of [
    () => cliffsDelta(some, some, { confidence: 95 }),
    () => hodgesLehmannShift(some, some, { confidence: 1 }),
    () => quantileInterval(some, 0.5, { confidence: Number.NaN }),
  ]) {
    expect(call).toThrow('confidence is a fraction');
  }
  expect(() => quantileInterval(some, 1)).toThrow('between 0 and 1');
});

test('a hundred thousand values a side', () => {
  const b = Array.from({ length: 100_000 }, (_, index) => ((index * 7919) % 100_003) / 8);
  const a = b.map((value) => value + 50);
  expect(hodgesLehmannShift(a, b)).toMatchObject({ kind: 'shift', shift: 50 });
  // P(a <= b) of two uniform variables 400 of 100,003 steps apart.
  expect(cliffsDelta(a, b).delta).toBeCloseTo(0.00798, 4);
  expect(mannWhitneyTest(a, b)).toMatchObject({ method: 'normal approximation' });
  const alike = kolmogorovSmirnovTest(a, b);
  expect(alike).toMatchObject({ kind: 'test', method: 'exact', d: expect.closeTo(0.004, 4) });
  const apart = kolmogorovSmirnovTest(
    a,
    b.map((value) => value * 1.05),
  );
  expect(apart).toMatchObject({ kind: 'test', method: 'asymptotic' });
});
