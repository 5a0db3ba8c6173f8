import { describe, expect, it } from 'vitest';
import type { CheckInput } from '../../src/checks/check.ts';
import { findAll } from '../../src/index.ts';
import type { Observation } from '../../src/observation.ts';
import { cleanRun, observation } from '../support/clean-run.ts';
import { changeConditions, changeRows, unitsOf } from '../support/defects.ts';

const clean = cleanRun({ seed: 5, works: 4, repetitions: 10 });
const loaded = cleanRun({ seed: 5, works: 1, repetitions: 200, rate: 10 });

function found(input: CheckInput): string[] {
  return findAll(input).map(({ severity, checkId, arms }) => [severity, checkId, ...arms].join(' '));
}

/** The first so many rows of an arm. */
function firstOf(arm: string, count: number): (row: Observation) => boolean {
  const units = clean.observations.filter((row) => row.arm === arm).map(({ unit }) => unit);
  return unitsOf(arm, ...units.slice(0, count));
}

describe('cold starts', () => {
  const cold = (cloud: number, onPrem = 0) =>
    changeRows(
      clean,
      (row) => firstOf('cloud', cloud)(row) || firstOf('on_prem', onPrem)(row),
      () => ({ start: 'cold' }),
    );

  it('are an error where one arm has more than a tenth more of them', () => {
    expect(found(cold(5))).toEqual(['error cold-imbalance cloud']);
    expect(found(cold(20, 15))).toEqual(['error cold-imbalance cloud']);
  });

  it('are a warning up to a tenth where the other arm has none', () => {
    expect(found(cold(4))).toEqual(['warning cold-imbalance cloud']);
    expect(found(cold(1))).toEqual(['warning cold-imbalance cloud']);
  });

  it('are compared with cold starts', () => {
    expect(found(cold(40, 40))).toEqual([]);
    expect(found(cold(4, 1))).toEqual([]);
  });

  it('may be left out up to a tenth, as long as warm samples of the same work remain', () => {
    const leaveOut = (count: number) =>
      changeRows(clean, firstOf('cloud', count), () => ({ start: 'cold', isCompared: false }));
    expect(found(leaveOut(4))).toEqual(['warning cold-left-out cloud']);
    expect(found(leaveOut(5))).toEqual(['error cold-left-out cloud']);
    const onlyOne = cleanRun({ seed: 5, works: 20, repetitions: 1 });
    expect(
      found(changeRows(onlyOne, unitsOf('cloud', '7.jpg#1'), () => ({ start: 'cold', isCompared: false }))),
    ).toEqual(['error cold-left-out cloud']);
  });
});

describe('failures', () => {
  const broken = unitsOf('cloud', '0.jpg#3');
  const brokenEverywhere = (row: Observation) => row.unit === '0.jpg#3';
  const failed = () => ({ outcome: 'failed', durationMs: null }) as const;
  const timedOut = () => ({ outcome: 'timed out', durationMs: null }) as const;

  it('are an error in one arm, with the counts of all', () => {
    expect(findAll(changeRows(clean, broken, failed))).toEqual([
      expect.objectContaining({
        severity: 'error',
        arms: ['cloud'],
        seen: expect.stringContaining('cloud 1 failed and 0 timed out of 40, on_prem 0 failed'),
      }),
    ]);
  });

  it('are a warning where the same work failed in every arm', () => {
    expect(found(changeRows(clean, brokenEverywhere, failed))).toEqual(['warning failures cloud on_prem']);
  });

  it('are an error where it timed out in every arm: cut off is not alike', () => {
    expect(found(changeRows(clean, brokenEverywhere, timedOut))).toEqual(['error failures cloud on_prem']);
  });

  it('are an error where one arm failed and the other timed out', () => {
    const mixed = changeRows(changeRows(clean, brokenEverywhere, timedOut), broken, failed);
    expect(found(mixed)).toEqual(['error failures cloud on_prem']);
  });

  it('are not blamed for lost work, payload or variant as well', () => {
    const empty = {
      didWork: false,
      payload: { expectedBytes: 1000, actualBytes: 0 },
      variant: { expected: 'mosaic', actual: 'none' },
    };
    expect(found(changeRows(clean, broken, () => ({ ...failed(), ...empty })))).toEqual([
      'error failures cloud',
    ]);
  });

  it('are an error in the only arm there is', () => {
    const alone = cleanRun({ seed: 5, arms: ['cloud'], works: 4, repetitions: 10 });
    expect(found(changeRows(alone, broken, failed))).toEqual(['error failures cloud']);
  });

  it('do not hide by being marked as not compared', () => {
    const hidden = changeRows(clean, broken, () => ({ ...failed(), isCompared: false }));
    expect(found(hidden)).toEqual(['error failures cloud']);
  });
});

describe('warm-up', () => {
  it('has no say: failed, cold, unplanned, without work, twice', () => {
    const warmUp = observation({
      unit: 'warm-up#1',
      isCompared: false,
      outcome: 'failed',
      start: 'cold',
      didWork: false,
    });
    expect(found({ ...clean, observations: [warmUp, warmUp, ...clean.observations] })).toEqual([]);
  });

  it('may be the first planned samples, which came before all compared ones', () => {
    const leading = () => ({ isCompared: false, start: 'unknown' }) as const;
    expect(found(changeRows(clean, firstOf('cloud', 3), leading))).toEqual([]);
  });
});

describe('rows that were not planned', () => {
  it('answer for themselves as well where they are compared', () => {
    const strange = observation({
      unit: 'strange.jpg#1',
      didWork: false,
      startedAtMs: null,
      endedAtMs: null,
    });
    expect(found({ ...clean, observations: [...clean.observations, strange] })).toEqual([
      'error no-work cloud',
      'error unplanned-rows cloud',
    ]);
  });
});

describe('order', () => {
  it('is a warning where 60 % of an arm ran in one go, and none below half', () => {
    const inOneGo = (count: number) =>
      changeRows(clean, firstOf('cloud', count), (row) => ({
        startedAtMs: (row.startedAtMs ?? 0) - 1e7,
        endedAtMs: (row.endedAtMs ?? 0) - 1e7,
      }));
    expect(found(inOneGo(24))).toEqual(['warning order cloud', 'warning order on_prem']);
    expect(found(inOneGo(19))).toEqual([]);
  });
});

describe('sends', () => {
  const late = (isMeant: (row: Observation) => boolean, delayMs: number) =>
    changeRows(loaded, isMeant, (row) => ({ dueAtMs: (row.dueAtMs ?? 0) - delayMs }));

  it('warn where the latest hundredth is late, and are an error where the median is', () => {
    const tail = (row: Observation) => row.arm === 'cloud' && row.unit.endsWith('7');
    expect(found(late(tail, 100))).toEqual(['warning late-sends cloud']);
    expect(found(late((row) => row.arm === 'cloud', 100))).toEqual(['error late-sends cloud']);
  });

  it('may be late by a tenth of what is measured', () => {
    const slow = changeRows(
      loaded,
      () => true,
      (row) => ({
        durationMs: 1000 + (row.durationMs ?? 0),
        endedAtMs: 1000 + (row.endedAtMs ?? 0),
      }),
    );
    const lateBy100 = changeRows(
      slow,
      () => true,
      (row) => ({ dueAtMs: (row.dueAtMs ?? 0) - 100 }),
    );
    expect(found(lateBy100)).toEqual([]);
  });

  it('may be late by 2 ms, however short what is measured', () => {
    const short = changeRows(
      loaded,
      () => true,
      () => ({ durationMs: 0.5 }),
    );
    expect(found(short)).toEqual([]);
    expect(
      found(
        changeRows(
          short,
          () => true,
          (row) => ({ dueAtMs: (row.dueAtMs ?? 0) - 2.1 }),
        ),
      ),
    ).toEqual(['error late-sends cloud', 'error late-sends on_prem']);
  });

  it('are off as well where they leave too early', () => {
    expect(found(late((row) => row.arm === 'cloud', -100))).toEqual(['error late-sends cloud']);
  });
});

describe('durations', () => {
  it.each([
    [Number.NaN, 'not finite'],
    [Number.POSITIVE_INFINITY, 'not finite'],
    [0, 'zero'],
    [-3, 'negative'],
    [0.0009, 'below the resolution'],
    [null, 'without a figure'],
  ])('of %s are an error', (durationMs, kind) => {
    const input = changeRows(clean, unitsOf('cloud', '0.jpg#3'), () => ({ durationMs }));
    expect(findAll(input)).toEqual([
      expect.objectContaining({
        checkId: 'impossible-durations',
        seen: expect.stringContaining(`1 ${kind}`),
      }),
    ]);
  });

  it('may begin when the request was due', () => {
    const fromDue = changeRows(loaded, unitsOf('cloud', '0.jpg#3'), (row) => ({
      dueAtMs: (row.startedAtMs ?? 0) - 500,
      durationMs: (row.endedAtMs ?? 0) - (row.startedAtMs ?? 0) + 500,
    }));
    expect(found(fromDue)).toEqual([]);
  });

  it('may be as long as their span, give or take a rounded timestamp', () => {
    const exceeding = (byMs: number): CheckInput => ({
      ...changeRows(
        clean,
        () => true,
        (row) => ({
          startedAtMs: row.endedAtMs === null ? null : row.endedAtMs - (row.durationMs ?? 0) + byMs,
        }),
      ),
      durationCovers: 'span',
    });
    expect(found(exceeding(0))).toEqual([]);
    expect(found(exceeding(1))).toEqual([]);
    expect(found(exceeding(10))).toEqual([
      'error contradicting-times cloud',
      'error contradicting-times on_prem',
    ]);
  });
});

describe('conditions', () => {
  it('prices may be 180 days old', () => {
    expect(found(changeConditions(clean, { pricesReadOn: '2026-05-25' }))).toEqual([]);
    expect(found(changeConditions(clean, { pricesReadOn: '2026-05-24' }))).toEqual(['warning stale-prices']);
    expect(found(changeConditions(clean, { pricesReadOn: 'last May' }))).toEqual(['warning stale-prices']);
  });

  it('a machine may do half a core or a tenth of other work, and lose 2 % to its host', () => {
    const load = (foreignCores: number, cores: number, stealShare: number) =>
      found(changeConditions(clean, { load: { foreignCores, cores, stealShare } }));
    expect(load(0.5, 2, 0.02)).toEqual([]);
    expect(load(6.4, 64, 0)).toEqual([]);
    expect(load(0.6, 2, 0)).toEqual(['warning machine-load']);
    expect(load(6.5, 64, 0)).toEqual(['warning machine-load']);
    expect(load(0, 2, 0.03)).toEqual(['warning machine-load']);
    expect(load(Number.NaN, 2, 0)).toEqual(['warning machine-load']);
  });

  it('an offset is of interest where it is certain and matters', () => {
    const offset = (offsetMs: number, uncertaintyMs: number) =>
      found(changeConditions(clean, { clockOffset: { offsetMs, uncertaintyMs } }));
    expect(offset(-40, 50)).toEqual([]);
    expect(offset(0.5, 0.1)).toEqual([]);
    expect(offset(-40, 5)).toEqual(['warning clock-offset']);
    const slowCloud = changeRows(
      clean,
      (row) => row.arm === 'cloud',
      (row) => ({ durationMs: 1000 * (row.durationMs ?? 0), startedAtMs: null }),
    );
    expect(found(changeConditions(slowCloud, { clockOffset: { offsetMs: -40, uncertaintyMs: 5 } }))).toEqual([
      'warning clock-offset',
    ]);
  });

  it('what could not be read gives no finding', () => {
    expect(found(changeConditions(clean, { load: null, clockOffset: null, pricesReadOn: null }))).toEqual([]);
  });
});

describe('too few', () => {
  it('counts units, not rows, and arms of which nothing came', () => {
    const six = cleanRun({ seed: 1, works: 6, repetitions: 1 });
    expect(found(six)).toEqual([]);
    const five = cleanRun({ seed: 1, works: 5, repetitions: 1 });
    const doubled = { ...five, observations: [...five.observations, ...five.observations.slice(0, 2)] };
    expect(found(doubled)).toContain('error too-few cloud');
    expect(found({ ...six, planned: new Map([...six.planned, ['faaspr', ['a']]]) })).toEqual([
      'error missing-rows faaspr',
      'error too-few faaspr',
    ]);
  });
});

describe('drift', () => {
  const rising = (factor: (repetition: number) => number, input = clean) =>
    changeRows(
      input,
      (row) => row.arm === 'cloud',
      (row) => {
        const addedMs = (row.durationMs ?? 0) * (factor(Number(row.unit.split('#')[1])) - 1);
        return { durationMs: (row.durationMs ?? 0) + addedMs, endedAtMs: (row.endedAtMs ?? 0) + addedMs };
      },
    );

  it('of 5 % a repetition is found, up or down', () => {
    expect(found(rising((repetition) => 1 + repetition / 20))).toEqual(['warning drift cloud']);
    expect(found(rising((repetition) => 2 - repetition / 20))).toEqual(['warning drift cloud']);
  });

  it('cannot be told from larger images where nothing is done twice', () => {
    const once = cleanRun({ seed: 5, works: 40, repetitions: 1 });
    const growing = changeRows(
      once,
      () => true,
      (row) => ({ durationMs: 1 + Number.parseInt(row.unit, 10) / 40 }),
    );
    expect(found(growing)).toEqual([]);
  });
});
