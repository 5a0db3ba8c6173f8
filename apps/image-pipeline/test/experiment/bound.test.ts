import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { classicModelMs, futureModelMs, gainAgainstBound } from '../../src/experiment/figures/bound.ts';
import { gainsOf } from '../../src/experiment/figures/pairs.ts';
import { termsOf } from '../../src/experiment/figures/terms.ts';
import { pairs, sampleOf, spreadOut } from './support/samples.ts';

const about = { slowest: 'contour', fastest: 'thumbnail', varianceMs: 800 } as const;

describe('the model of a fan-in', () => {
  const terms = { branchMs: spreadOut, startMs: 10, workMs: 60, ...about };

  it('adds the start and the work of the aggregator to the slowest branch in CLASSIC', () => {
    expect(classicModelMs(terms)).toBe(900 + 10 + 60);
  });

  it('hides them behind the slowest branch in FUTURE_BASED, as far as they fit', () => {
    expect(futureModelMs(terms)).toBe(900);
    expect(futureModelMs({ ...terms, startMs: 500, workMs: 600 })).toBe(100 + 500 + 600);
  });

  it('gains what both allow: no more than start and work, and no more than the branches lie apart', () => {
    const ms = fc.double({ min: 0, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ thumbnail: ms, transform: ms, filters: ms, contour: ms }),
        ms,
        ms,
        (branchMs, startMs, workMs) => {
          const some = { ...terms, branchMs, startMs, workMs };
          const apart = Math.max(...Object.values(branchMs)) - Math.min(...Object.values(branchMs));
          const gain = classicModelMs(some) - futureModelMs(some);
          expect(gain).toBeCloseTo(Math.min(startMs + workMs, apart), 6);
        },
      ),
    );
  });
});

describe('the terms of a run', () => {
  it('are the differences that its functions recorded', () => {
    const terms = termsOf(
      sampleOf({ mode: 'FUTURE_BASED', unit: 'uniform#1', branchMs: spreadOut, startMs: 12, workMs: 60 }),
    );
    expect(terms).toEqual({ branchMs: spreadOut, startMs: 12, workMs: 60, ...about });
  });

  it('are not known where a function or the invoking branch is not', () => {
    const sample = sampleOf({
      mode: 'CLASSIC',
      unit: 'uniform#1',
      branchMs: spreadOut,
      startMs: 12,
      workMs: 60,
    });
    expect(termsOf({ ...sample, invokedBy: 'unknown' })).toBeUndefined();
    expect(termsOf({ ...sample, functions: '[]' })).toBeUndefined();
  });
});

test('runs that behave as the model says gain exactly their bound', () => {
  const gain = gainAgainstBound(gainsOf(pairs(8), 'CLASSIC', 'FUTURE_BASED'));
  expect(gain).toMatchObject({ n: 8, gainMs: { kind: 'interval', estimate: 70 }, boundMs: 70, agrees: true });
  // 70 of 50 + 900 + 70 and a little.
  expect(gain.gainPercent.estimate).toBeCloseTo((100 * 70) / 1024.5, 1);
  expect(gain.boundPercent).toBeCloseTo(gain.gainPercent.estimate ?? 0, 9);
});

test('too few pairs agree with nothing, nor do those of which a term is missing', () => {
  expect(gainAgainstBound(gainsOf(pairs(3), 'CLASSIC', 'FUTURE_BASED'))).toMatchObject({
    n: 3,
    agrees: null,
  });
  const [first, ...others] = pairs(8);
  if (first === undefined) throw new Error('eight pairs');
  const withHole = [{ ...first, invokedBy: null }, ...others];
  expect(gainAgainstBound(gainsOf(withHole, 'CLASSIC', 'FUTURE_BASED'))).toMatchObject({
    n: 8,
    boundMs: null,
    agrees: null,
  });
});

test('runs are paired by their unit; one that failed has no partner', () => {
  const samples = pairs(7).map((one) =>
    one.unit === 'uniform#4' && one.mode === 'CLASSIC'
      ? { ...one, outcome: 'failed' as const, endToEndMs: null }
      : one,
  );
  expect(gainsOf(samples, 'CLASSIC', 'FUTURE_BASED').map(({ unit }) => unit)).toEqual(
    [1, 2, 3, 5, 6, 7].map((round) => `uniform#${round}`),
  );
});
