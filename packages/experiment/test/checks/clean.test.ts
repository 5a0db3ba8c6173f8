import { describe, expect, it } from 'vitest';
import { findAll } from '../../src/index.ts';
import { cleanRun } from '../support/clean-run.ts';
import { recordedMainJob } from '../support/main-job.ts';

/** How many of 1,000 seeded clean runs give a finding, by check. */
function falseAlarms(shape: Omit<Parameters<typeof cleanRun>[0], 'seed'>): Record<string, number> {
  const alarms: Record<string, number> = {};
  for (let seed = 1; seed <= 1000; seed += 1) {
    for (const checkId of new Set(findAll(cleanRun({ ...shape, seed })).map((finding) => finding.checkId))) {
      alarms[checkId] = (alarms[checkId] ?? 0) + 1;
    }
  }
  return alarms;
}

// What was measured once is written down: another rate is a change of a check's meaning, to be looked at.
describe('of 1,000 clean runs', () => {
  it('none of alternating arms has a finding', () => {
    expect(falseAlarms({ works: 8, repetitions: 5 })).toEqual({});
  });

  it('none of blocks, one a repetition, has a finding', () => {
    expect(falseAlarms({ works: 8, repetitions: 5, order: 'blocks' })).toEqual({});
  });

  it('two in random order seem to drift', () => {
    expect(falseAlarms({ works: 8, repetitions: 5, order: 'random' })).toEqual({ drift: 2 });
  });

  it('thirteen in random order, with the fewest samples there may be, really ran one arm in one go', () => {
    expect(falseAlarms({ works: 6, repetitions: 1, order: 'random' })).toEqual({ order: 13 });
  });

  it('one of a load of 100 requests an arm seems to drift', () => {
    expect(falseAlarms({ works: 1, repetitions: 100, rate: 10 })).toEqual({ drift: 1 });
  });
});

describe('rows that the comparison of cloud and on-premises recorded', () => {
  it('have no finding where the sides alternate', () => {
    expect(findAll(recordedMainJob('steady', { interleaved: true }))).toEqual([]);
  });

  it('have the order as their only finding where one side ran before the other', () => {
    const found = findAll(recordedMainJob('steady', { interleaved: false }));
    expect(found.map(({ severity, checkId, arms }) => [severity, checkId, ...arms])).toEqual([
      ['warning', 'order', 'cloud'],
      ['warning', 'order', 'on_prem'],
    ]);
  });

  it.each([true, false])(
    'show their drift where both sides became faster (alternating: %s)',
    (interleaved) => {
      const found = findAll(recordedMainJob('drifting', { interleaved })).filter(
        ({ checkId }) => checkId !== 'order',
      );
      expect(found).toEqual([
        expect.objectContaining({
          checkId: 'drift',
          arms: ['cloud'],
          seen: expect.stringContaining('fell by 34.7 %'),
        }),
        expect.objectContaining({
          checkId: 'drift',
          arms: ['on_prem'],
          seen: expect.stringContaining('fell by 28.1 %'),
        }),
      ]);
    },
  );
});
