import { findAll } from '@skyground/experiment';
import { expect, it } from 'vitest';
import { observe, type Sample } from '../../src/experiment/sample.ts';
import { pairs } from './support/samples.ts';

const clean = [...pairs(8), ...pairs(6, {}, ', cold')];

/** What every run is checked for, of these rows. */
function findingsOf(samples: readonly Sample[]) {
  return findAll({
    observations: samples.map(observe),
    planned: new Map(
      (['CLASSIC', 'FUTURE_BASED'] as const).map((mode) => [
        mode,
        clean.filter((one) => one.mode === mode).map(({ unit }) => unit),
      ]),
    ),
    durationCovers: 'span',
    conditions: {
      minimumSamples: 6,
      clockResolutionMs: 0.001,
      clockOffset: null,
      load: null,
      pricesReadOn: null,
      startedAt: '2026-11-21T00:00:00.000Z',
    },
  }).map(({ checkId, severity, arms }) => ({ checkId, severity, arms }));
}

function planted(change: (sample: Sample) => Partial<Sample>) {
  return findingsOf(clean.map((sample) => ({ ...sample, ...change(sample) })));
}

it('a run in order has no finding', () => {
  expect(findingsOf(clean)).toEqual([]);
});

it('a mode that the functions did not record is another variant', () => {
  const recorded = ({ mode }: Sample) => ({ recordedMode: mode === 'CLASSIC' ? 'FUTURE_BASED' : mode });
  expect(planted(recorded)).toEqual([{ checkId: 'wrong-variant', severity: 'error', arms: ['CLASSIC'] }]);
  const mixed = ({ mode }: Sample) => ({ recordedMode: mode === 'CLASSIC' ? 'CLASSIC, FUTURE_BASED' : mode });
  expect(planted(mixed)).toEqual([{ checkId: 'wrong-variant', severity: 'error', arms: ['CLASSIC'] }]);
});

it('an arm whose cold runs are warm in a function is no match for one whose are not', () => {
  const leftWarm = ({ mode, coldFunctions, intendedStart }: Sample) => ({
    coldFunctions: mode === 'FUTURE_BASED' && intendedStart === 'cold' ? 1 : coldFunctions,
  });
  expect(planted(leftWarm)).toEqual([
    { checkId: 'cold-imbalance', severity: 'error', arms: ['FUTURE_BASED'] },
  ]);
});

it('a duration that ends with the first function covers too little of its run', () => {
  const cut = ({ mode, endToEndMs }: Sample) => ({ endToEndMs: mode === 'CLASSIC' ? 50 : endToEndMs });
  expect(planted(cut)).toEqual([{ checkId: 'partial-timing', severity: 'error', arms: ['CLASSIC'] }]);
});

it('a run that published nothing did no work, and one that failed is left out of one arm alone', () => {
  const nothing = ({ mode }: Sample) => (mode === 'CLASSIC' ? { manifestSha256: null } : {});
  expect(planted(nothing)).toMatchObject([{ checkId: 'no-work', arms: ['CLASSIC'] }]);
  const failed = ({ mode, unit }: Sample) =>
    mode === 'CLASSIC' && unit === 'uniform#2' ? ({ outcome: 'failed', endToEndMs: null } as const) : {};
  expect(planted(failed)).toEqual([{ checkId: 'failures', severity: 'error', arms: ['CLASSIC'] }]);
});
