import { describe, expect, it } from 'vitest';
import { checks } from '../../src/experiment/checks/all.ts';
import { functionRunsOf, functionsCell } from '../../src/experiment/function-runs.ts';
import type { Sample } from '../../src/experiment/sample.ts';
import { pairs, sampleOf, spreadOut } from './support/samples.ts';

const clean = [...pairs(8), ...pairs(6, {}, ', cold')];

/** The same run with something planted in some of its rows. */
function planted(where: (sample: Sample) => boolean, change: (sample: Sample) => Partial<Sample>) {
  return checks(clean.map((sample) => (where(sample) ? { ...sample, ...change(sample) } : sample)));
}

const inMode = (mode: Sample['mode']) => (sample: Sample) => sample.mode === mode;
const one = (sample: Sample) => sample.mode === 'FUTURE_BASED' && sample.unit === 'uniform#3';

it('a run in order has no finding', () => {
  expect(checks(clean)).toEqual([]);
  expect(checks([])).toEqual([]);
});

describe('outputs-differ', () => {
  it.each(['manifestSha256', 'contactSheetSha256'] as const)('finds one other %s in any run', (column) => {
    expect(planted(one, () => ({ [column]: 'c'.repeat(64) }))).toEqual([
      expect.objectContaining({
        checkId: 'outputs-differ',
        severity: 'error',
        arms: ['FUTURE_BASED'],
        seen: expect.stringContaining('FUTURE_BASED uniform#3'),
      }),
    ]);
  });

  it('finds a result that is not there', () => {
    expect(planted(one, () => ({ manifestSha256: null }))).toMatchObject([{ checkId: 'outputs-differ' }]);
  });
});

describe('wrong-start', () => {
  const found = (arm: string, words: string) => [
    expect.objectContaining({
      checkId: 'wrong-start',
      severity: 'error',
      arms: [arm],
      seen: expect.stringContaining(words),
    }),
  ];

  it('finds an arm whose cold runs are left warm in one function', () => {
    const isCold = (sample: Sample) => inMode('FUTURE_BASED')(sample) && sample.intendedStart === 'cold';
    expect(planted(isCold, () => ({ coldFunctions: 5 }))).toEqual(
      found('FUTURE_BASED', '6 runs of FUTURE_BASED did not start as they were meant to'),
    );
  });

  it('finds a warm run that was cold, and one of which nobody knows', () => {
    expect(planted(one, () => ({ coldFunctions: 1 }))).toEqual(
      found('FUTURE_BASED', 'uniform#3 (meant warm, 1 functions cold)'),
    );
    expect(planted(one, () => ({ coldFunctions: null }))).toEqual(found('FUTURE_BASED', 'not known'));
  });
});

describe('bound-violated', () => {
  it('finds a gain larger than its bound', () => {
    // As in the origin: CLASSIC is slower by something else than the fan-in.
    const findings = planted(inMode('CLASSIC'), ({ endToEndMs, endedAtMs }) => ({
      endToEndMs: (endToEndMs ?? 0) + 500,
      endedAtMs: endedAtMs + 500,
    }));
    expect(findings.map(({ checkId, severity, arms }) => ({ checkId, severity, arms }))).toEqual([
      { checkId: 'bound-violated', severity: 'error', arms: ['CLASSIC', 'FUTURE_BASED'] },
      { checkId: 'bound-violated', severity: 'error', arms: ['CLASSIC', 'FUTURE_BASED'] },
    ]);
    expect(findings[0]?.seen).toContain('Uniform: FUTURE_BASED gains 570 ms over CLASSIC');
  });

  it('takes a loss for no violation', () => {
    expect(
      planted(inMode('FUTURE_BASED'), ({ endToEndMs }) => ({ endToEndMs: (endToEndMs ?? 0) + 500 })),
    ).toEqual([]);
  });
});

describe('wrong-invoker', () => {
  /** So many pairs, of which the first ones of CLASSIC were started by the fastest branch. */
  const withWrong = (count: number, wrong: number) =>
    pairs(count).map((sample, index) =>
      sample.mode === 'CLASSIC' && index < 2 * wrong ? { ...sample, invokedBy: 'thumbnail' } : sample,
    );

  it('finds a mode that is switched on the wrong function', () => {
    expect(checks(withWrong(8, 8)).filter(({ checkId }) => checkId === 'wrong-invoker')).toEqual([
      expect.objectContaining({
        severity: 'error',
        arms: ['CLASSIC'],
        seen: expect.stringContaining('In 8 of 8 runs of CLASSIC'),
      }),
    ]);
  });

  it('allows two in a hundred, and no more', () => {
    const idsOf = (samples: readonly Sample[]) =>
      checks(samples).filter(({ checkId }) => checkId === 'wrong-invoker').length;
    expect(idsOf(withWrong(100, 2))).toBe(0);
    expect(idsOf(withWrong(100, 3))).toBe(1);
  });

  it('says nothing of branches that ended less than 100 ms apart', () => {
    const near = pairs(8, { branchMs: { thumbnail: 100, transform: 150, filters: 850, contour: 900 } });
    const swapped = near.map((sample) => ({
      ...sample,
      invokedBy: sample.mode === 'CLASSIC' ? 'filters' : 'transform',
    }));
    expect(checks(swapped).filter(({ checkId }) => checkId === 'wrong-invoker')).toEqual([]);
  });
});

describe('timed-too-short', () => {
  it('finds a latency that ends with the first function', () => {
    const findings = planted(inMode('CLASSIC'), ({ startedAtMs }) => ({
      endedAtMs: startedAtMs + 50,
      endToEndMs: 50,
    }));
    expect(findings).toContainEqual(
      expect.objectContaining({
        checkId: 'timed-too-short',
        severity: 'error',
        arms: ['CLASSIC'],
        seen: expect.stringContaining('14 runs of CLASSIC are not timed to their complete result'),
      }),
    );
  });

  it('finds a run without a complete publish, and one that lacks a function', () => {
    expect(planted(one, () => ({ finalPublishAtMs: null }))).toMatchObject([{ checkId: 'timed-too-short' }]);
    const lacking = planted(one, (sample) => ({
      functions: functionsCell(functionRunsOf(sample).filter(({ name }) => name !== 'filters')),
    }));
    expect(lacking).toMatchObject([
      { checkId: 'timed-too-short', seen: expect.stringContaining('no record of filters') },
    ]);
  });
});

it('what is not compared is not checked: warm-up, runs that failed', () => {
  const odd = sampleOf({
    mode: 'CLASSIC',
    unit: 'uniform#99',
    branchMs: spreadOut,
    startMs: 10,
    workMs: 60,
    change: { manifestSha256: 'd'.repeat(64), coldFunctions: 6, invokedBy: null },
  });
  expect(checks([...clean, { ...odd, phase: 'warm-up' }])).toEqual([]);
  expect(checks([...clean, { ...odd, outcome: 'failed', endToEndMs: null }])).toEqual([]);
});
