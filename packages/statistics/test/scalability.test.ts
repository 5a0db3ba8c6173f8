import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitScalability, type ScalabilityResult } from '../src/index.ts';
import { studentQuantile } from '../src/student.ts';
import { r } from './support/references.ts';

const points = (loads: readonly number[], throughput: (load: number, index: number) => number) =>
  loads.map((load, index) => ({ load, throughput: throughput(load, index) }));

const law = (lambda: number, sigma: number, kappa: number) => (load: number) =>
  (lambda * load) / (1 + sigma * (load - 1) + kappa * load * (load - 1));

const doubling = [1, 2, 4, 8, 16, 32];

function fitted(result: ScalabilityResult): Extract<ScalabilityResult, { kind: 'fit' }> {
  if (result.kind !== 'fit') throw new Error(`expected a fit, got ${JSON.stringify(result)}`);
  return result;
}

/** The two worked examples of the R package usl (its vignette and its saved test output), to the digits printed there. */
describe('published examples', () => {
  const example = (name: string) => {
    const found = r.scalability.find((reference) => reference.name === name);
    if (found === undefined) throw new Error(`no reference ${name}`);
    return fitted(fitScalability(points(found.load, (_, index) => found.throughput[index] ?? 0)));
  };

  test('SPEC SDM91 on a SPARCcenter 2000: throughput falls again, the peak was measured', () => {
    const fit = example('specsdm91');
    expect(fit.lambda.estimate).toBeCloseTo(89.995233, 6);
    expect(fit.sigma.estimate).toBeCloseTo(0.0277285, 7);
    expect(fit.kappa.estimate).toBeCloseTo(0.0001044, 7);
    expect(fit.r2).toBeCloseTo(0.9896, 4);
    expect(fit.knee).toEqual({
      kind: 'peak',
      load: expect.closeTo(96.5, 1),
      throughput: expect.closeTo(1883.9, 1),
      measured: true,
    });
  });

  test('BRL-CAD ray tracer: no crosstalk, a limit of 378', () => {
    const fit = example('raytracer');
    expect(fit.lambda.estimate).toBeCloseTo(21.848843, 5);
    expect(fit.sigma.estimate).toBeCloseTo(0.057771, 6);
    expect(fit.kappa.estimate).toBe(0);
    expect(fit.knee).toEqual({ kind: 'none', limit: expect.closeTo(378, 0) });
  });
});

test.each(r.scalability)("$name: the same as R's nls with bounds", (reference) => {
  const { coefficients, standardErrors, r2 } = reference;
  const fit = fitted(fitScalability(points(reference.load, (_, index) => reference.throughput[index] ?? 0)));
  // R stops at its own precision, and for a coefficient on its bound with the others a little off.
  for (const [index, { estimate, high }] of [fit.lambda, fit.sigma, fit.kappa].entries()) {
    const expected = coefficients[index] ?? 0;
    expect(Math.abs(estimate - expected)).toBeLessThanOrEqual(Math.abs(expected) * 1e-6);
    const reach = studentQuantile(0.975, fit.n - 3) * (standardErrors[index] ?? 1);
    expect((high - estimate) / reach).toBeCloseTo(1, 4);
  }
  expect(fit.r2).toBeCloseTo(r2, 8);
});

test('exact data give their coefficients back, in any unit', () => {
  const coefficient = fc.double({ min: 0.001, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(
      fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
      coefficient,
      coefficient.map((value) => value / 100),
      (lambda, sigma, kappa) => {
        const fit = fitted(fitScalability(points(doubling, law(lambda, sigma, kappa))));
        expect(fit.lambda.estimate / lambda).toBeCloseTo(1, 5);
        expect(fit.sigma.estimate).toBeCloseTo(sigma, 5);
        expect(fit.kappa.estimate).toBeCloseTo(kappa, 5);
        expect(fit.r2).toBeCloseTo(1, 9);
        const peak = Math.max(1, Math.sqrt((1 - sigma) / kappa));
        if (fit.knee.kind !== 'peak') throw new Error(`got '${fit.knee.kind}'`);
        expect(fit.knee.load / peak).toBeCloseTo(1, 3);
        expect(fit.knee.measured).toBe(fit.knee.load <= 32);
      },
    ),
    { numRuns: 100 },
  );
});

test('throughput in proportion to load has no contention, no crosstalk, no peak and no limit', () => {
  const fit = fitted(fitScalability(points(doubling, (load) => 25 * load)));
  expect(fit.lambda.estimate).toBeCloseTo(25, 9);
  expect([fit.sigma.estimate, fit.kappa.estimate, fit.r2]).toEqual([0, 0, 1]);
  expect(fit.knee).toEqual({ kind: 'none', limit: null });
});

test('more than proportional throughput is held at the bounds', () => {
  const fit = fitted(fitScalability(points(doubling, (load) => 10 * load ** 1.1)));
  expect([fit.sigma.estimate, fit.kappa.estimate]).toEqual([0, 0]);
});

test('throughput that only falls has its peak at one worker', () => {
  const fit = fitted(fitScalability(points(doubling, law(100, 1.5, 0.2))));
  expect(fit.knee).toEqual({
    kind: 'peak',
    load: 1,
    throughput: expect.closeTo(100, 6),
    measured: true,
  });
});

test('noise that hides the crosstalk leaves the knee undetermined', () => {
  const wobble = (index: number) => 1 + 0.06 * Math.sin(index * 2.9);
  const fit = fitted(
    fitScalability(
      points([1, 2, 4, 6, 8, 10, 12], (load, index) => law(100, 0.03, 0.0003)(load) * wobble(index)),
    ),
  );
  expect(fit.kappa.estimate).toBeGreaterThan(0);
  expect(fit.kappa.low).toBe(0);
  expect(fit.knee).toEqual({ kind: 'not determined' });
});

test('what the data cannot tell is refused, with the reason', () => {
  expect(fitScalability(points([1, 2, 4, 8, 16], law(10, 0.1, 0)))).toEqual({
    kind: 'too few',
    needed: 6,
    n: 5,
  });
  const reasonOf = (result: ScalabilityResult) => (result.kind === 'cannot tell' ? result.reason : result);
  expect(reasonOf(fitScalability(points([1, 1, 2, 2, 4, 4], law(10, 0.1, 0))))).toMatch('3 different loads');
  expect(reasonOf(fitScalability(points(doubling, () => 40)))).toMatch('the same at every load');
  expect(
    reasonOf(fitScalability(points(doubling, (_, index) => [50, 90, 40, 95, 45, 85][index] ?? 0))),
  ).toMatch(/explains only \d+ %/);
  expect(
    reasonOf(
      fitScalability(points([1000, 1000.001, 1000.002, 1000.003, 1000.004, 1000.005], (load) => load)),
    ),
  ).toMatch('too near to each other');
  // The error of sigma, about 1e80, would be infinite.
  const tiny = [1.6e-50, 1e-150, 5e-130, 1e-150, 0, 0];
  expect(reasonOf(fitScalability(points([1, 7, 10, 56, 1e6, 1e6], (_, index) => tiny[index] ?? 0)))).toMatch(
    'orders of magnitude apart',
  );
});

test('loads below 1 and negative throughputs are refused', () => {
  expect(() => fitScalability(points([0, ...doubling], () => 1))).toThrow('loads from 1');
  expect(() => fitScalability(points(doubling, () => -1))).toThrow('got -1 at 1');
  expect(() => fitScalability(points(doubling, () => Number.NaN))).toThrow('NaN');
});

test('no fit of finite measurements holds NaN or infinity', () => {
  const load = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.constantFrom(1, 1e6));
  const throughput = fc.oneof(
    fc.double({ min: 0, max: 1e4, noNaN: true }),
    fc.constantFrom(0, 1e150, 1e-150),
  );
  const measurement = fc.record({
    load,
    throughput: throughput.map((value) => (value < 1e-150 ? 0 : value)),
  });
  fc.assert(
    fc.property(fc.array(measurement, { maxLength: 12 }), (data) => {
      const text = JSON.stringify(fitScalability(data), (_, value: unknown) =>
        typeof value === 'number' && !Number.isFinite(value) ? `not finite: ${value}` : value,
      );
      expect(text).not.toMatch('not finite');
    }),
    { numRuns: 200 },
  );
});

describe('what a fixed number of cores gives: straight up, then level', () => {
  const widths = [1, 2, 4, 8, 16].flatMap((load) => [load, load, load]);
  const wobbled = (share: number, throughput: (load: number) => number) =>
    points(widths, (load, index) => throughput(load) * (1 + share * Math.sin(index * 2.9)));

  test.each([0, 0.03, 0.1])('two cores, varied by %d, are a hard limit and not a fall', (share) => {
    const { knee } = fitted(fitScalability(wobbled(share, (load) => 10 * Math.min(load, 2))));
    if (knee.kind !== 'hard limit') throw new Error(`got '${knee.kind}'`);
    expect(knee.load).toBeCloseTo(2, share === 0 ? 9 : 0);
    expect(Math.abs(knee.throughput / 20 - 1)).toBeLessThan(0.05);
    expect(knee.r2).toBeGreaterThan(0.8);
  });

  test('the corner may lie between two loads', () => {
    const { knee } = fitted(fitScalability(wobbled(0, (load) => 10 * Math.min(load, 3))));
    expect(knee).toMatchObject({
      kind: 'hard limit',
      load: expect.closeTo(3, 9),
      throughput: expect.closeTo(30, 9),
    });
  });

  test('a throughput that no load changes is contention of 1, whatever its R²', () => {
    const fit = fitted(fitScalability(wobbled(0.1, () => 40)));
    expect(fit.r2).toBeLessThan(0.5);
    expect(fit.sigma.low).toBeLessThanOrEqual(1);
    expect(fit.sigma.high).toBeGreaterThanOrEqual(1);
    expect(fit.knee.kind).not.toBe('peak');
  });

  test('where the law made the numbers, its peak stays', () => {
    for (const share of [0.03, 0.1]) {
      const { knee } = fitted(fitScalability(wobbled(share, law(10, 0.05, 0.01))));
      if (knee.kind !== 'peak') throw new Error(`got '${knee.kind}'`);
      expect(Math.abs(knee.load / Math.sqrt(95) - 1)).toBeLessThan(0.2);
    }
  });
});
