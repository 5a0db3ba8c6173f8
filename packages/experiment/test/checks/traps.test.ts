import { describe, expect, it } from 'vitest';
import type { CheckInput } from '../../src/checks/check.ts';
import { findAll } from '../../src/index.ts';
import { cleanRun, observation } from '../support/clean-run.ts';
import { changeConditions, changeRows } from '../support/defects.ts';
import { randomNumbers } from '../support/random.ts';

const fanIn = cleanRun({ seed: 11, arms: ['CLASSIC', 'FUTURE_BASED'], works: 1, repetitions: 10 });

/** All that is found, so that a trap is found for what it is and for nothing else. */
function found(input: CheckInput): string[] {
  return findAll(input).map(({ severity, checkId, arms }) => [severity, checkId, ...arms].join(' '));
}

const everyRow = () => true;

describe('traps that published benchmarks of such workflows fell into', () => {
  it('clean runs, from which each starts, have no finding', () => {
    expect(found(fanIn)).toEqual([]);
  });

  it('cold runs in one arm only: the environment of the branches was changed before CLASSIC, never before FUTURE_BASED', () => {
    const firstTwo = ['0.jpg#1', '0.jpg#2'];
    const input = changeRows(
      fanIn,
      (row) => row.arm === 'CLASSIC' && firstTwo.includes(row.unit),
      (row) => ({
        start: 'cold',
        durationMs: (row.durationMs ?? 0) + 3000,
        endedAtMs: (row.endedAtMs ?? 0) + 3000,
      }),
    );
    expect(found(input)).toEqual(['error cold-imbalance CLASSIC']);
  });

  it('timing the first call only: 1.8 s to invoke the loader, 8 s until the publisher is done', () => {
    const input: CheckInput = {
      ...changeRows(fanIn, everyRow, (row) => ({
        endedAtMs: (row.startedAtMs ?? 0) + 4.4 * (row.durationMs ?? 0),
      })),
      durationCovers: 'span',
    };
    expect(found(input)).toEqual(['error partial-timing CLASSIC', 'error partial-timing FUTURE_BASED']);
  });

  it('timing the first call only goes unseen where a duration claims a part of its unit', () => {
    const input = changeRows(fanIn, everyRow, (row) => ({
      endedAtMs: (row.startedAtMs ?? 0) + 4.4 * (row.durationMs ?? 0),
    }));
    expect(found(input)).toEqual([]);
  });

  it('mode flag set on the wrong function: the arm is called CLASSIC, and the first branch invoked the aggregator', () => {
    const input = changeRows(fanIn, everyRow, (row) => ({
      variant: { expected: row.arm, actual: 'FUTURE_BASED' },
    }));
    expect(findAll(input)).toEqual([
      expect.objectContaining({
        checkId: 'wrong-variant',
        severity: 'error',
        arms: ['CLASSIC'],
        seen: expect.stringContaining('FUTURE_BASED instead of CLASSIC'),
      }),
    ]);
  });

  it('result files full of NaN accepted as results', () => {
    const input = changeRows(fanIn, everyRow, () => ({ durationMs: Number.NaN }));
    expect(found(input)).toEqual([
      'error impossible-durations CLASSIC',
      'error impossible-durations FUTURE_BASED',
      'error too-few CLASSIC',
      'error too-few FUTURE_BASED',
    ]);
  });

  it('0.0 ms and 33,505 requests per second accepted', () => {
    const input = changeRows(fanIn, everyRow, () => ({ durationMs: 0 }));
    expect(findAll(input)[0]).toMatchObject({
      checkId: 'impossible-durations',
      severity: 'error',
      seen: expect.stringContaining(
        '10 of 10 compared durations of CLASSIC cannot have been measured (10 zero',
      ),
    });
  });

  it('0.03 ms a request on a clock that ticks once a millisecond', () => {
    const ticking = changeConditions(fanIn, { clockResolutionMs: 1 });
    const input = changeRows(
      ticking,
      (row) => row.arm === 'CLASSIC',
      () => ({ durationMs: 1000 / 33_505 }),
    );
    expect(found(input)).toEqual(['error impossible-durations CLASSIC', 'error too-few CLASSIC']);
  });

  it('fake images: the handler was given bytes that no decoder takes', () => {
    const input = changeRows(fanIn, everyRow, () => ({ didWork: false }));
    expect(found(input)).toEqual(['error no-work CLASSIC', 'error no-work FUTURE_BASED']);
  });

  it('branches never taken: a verdict is hard-coded, so that no image ever reaches the mosaic', () => {
    const input = changeRows(
      fanIn,
      (row) => row.unit === '0.jpg#4',
      () => ({
        variant: {
          expected: 'adult, violence, mosaic',
          actual: 'adult, violence, extract, translate, censor',
        },
      }),
    );
    expect(found(input)).toEqual(['error wrong-variant CLASSIC', 'error wrong-variant FUTURE_BASED']);
  });

  it.each([
    { saysWidth: 20, holdsWidth: 50, finding: 'error unplanned-rows width 20' },
    { saysWidth: 50, holdsWidth: 20, finding: 'error missing-rows width 50' },
  ])('directory name disagreeing with its content: width $saysWidth that holds $holdsWidth', (trap) => {
    const arm = `width ${trap.saysWidth}`;
    const branches = (width: number) => Array.from({ length: width }, (_, index) => `branch ${index}#1`);
    const input: CheckInput = {
      ...fanIn,
      observations: branches(trap.holdsWidth).map((unit) => observation({ arm, unit })),
      planned: new Map([[arm, branches(trap.saysWidth)]]),
    };
    expect(found(input)).toEqual([trap.finding]);
  });

  it('trimming a fifth at both ends: left out of the comparison, or removed from the file', () => {
    const sorted = fanIn.observations
      .filter((row) => row.arm === 'CLASSIC')
      .toSorted((a, b) => (a.durationMs ?? 0) - (b.durationMs ?? 0));
    // The very first sample could be warm-up by its time.
    const trimmed = new Set(
      [...sorted.slice(0, 2), ...sorted.slice(-2)].filter(({ unit }) => unit !== '0.jpg#1'),
    );
    const leftOut = changeRows(
      fanIn,
      (row) => trimmed.has(row),
      () => ({ isCompared: false }),
    );
    expect(found(leftOut)).toEqual(['error left-out CLASSIC']);
    const removed = { ...fanIn, observations: fanIn.observations.filter((row) => !trimmed.has(row)) };
    expect(found(removed)).toEqual(['error missing-rows CLASSIC']);
  });

  it('stale prices: a table from before DynamoDB halved its prices', () => {
    expect(found(changeConditions(fanIn, { pricesReadOn: '2024-10-31' }))).toEqual(['warning stale-prices']);
  });

  it('clock skew: a time of the client subtracted from one of the cloud', () => {
    const skewed = changeConditions(fanIn, { clockOffset: { offsetMs: 740, uncertaintyMs: 15 } });
    expect(found(skewed)).toEqual(['warning clock-offset']);
    const subtracted = changeRows(
      skewed,
      (row) => row.arm === 'CLASSIC',
      (row) => ({ endedAtMs: (row.endedAtMs ?? 0) - 740 }),
    );
    expect(found(subtracted)).toEqual(['error contradicting-times CLASSIC', 'warning clock-offset']);
  });

  it('failed requests are fast: refused connections counted as latencies', () => {
    const random = randomNumbers(3);
    const input = changeRows(
      fanIn,
      (row) => row.arm === 'FUTURE_BASED' && row.unit !== '0.jpg#1',
      () => ({ outcome: 'failed', durationMs: 0.2 + random() }),
    );
    expect(found(input)).toEqual(['error failures FUTURE_BASED', 'error too-few FUTURE_BASED']);
  });
});
