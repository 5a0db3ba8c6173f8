import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { CheckInput } from '../../src/checks/check.ts';
import { allChecks, findAll } from '../../src/index.ts';
import { cleanRun } from '../support/clean-run.ts';
import { defects } from '../support/defects.ts';
import { randomNumbers, shuffled } from '../support/random.ts';

const clean = cleanRun({ seed: 7, works: 4, repetitions: 12, rate: 10 });

function keysOf(input: CheckInput): string[] {
  return findAll(input).map(({ severity, checkId, arms }) => `${severity} ${checkId} ${arms.join()}`);
}

const planted = fc
  .record({ chosen: fc.subarray([...defects]), seed: fc.integer() })
  .map(({ chosen, seed }) => shuffled(chosen, randomNumbers(seed)));

describe('a planted defect', () => {
  it.each(defects)('$name is found by $checkId', ({ plant, checkId, severity }) => {
    expect(findAll(clean)).toEqual([]);
    expect(findAll(plant(clean))).toContainEqual(expect.objectContaining({ checkId, severity }));
  });

  it('exists for every check', () => {
    expect(new Set(defects.map(({ checkId }) => checkId))).toEqual(new Set(allChecks.map(({ id }) => id)));
  });
});

test('a defect never hides another, whatever was planted and in which order', () => {
  fc.assert(
    fc.property(planted, (chosen) => {
      const input = chosen.reduce((sum, { plant }) => plant(sum), clean);
      const found = new Set(findAll(input).map(({ checkId, severity }) => `${severity} ${checkId}`));
      expect(chosen.filter((defect) => !found.has(`${defect.severity} ${defect.checkId}`))).toEqual([]);
    }),
    { seed: 1, numRuns: 300 },
  );
});

test('the order of the rows in the file changes no finding', () => {
  fc.assert(
    fc.property(planted, fc.integer(), (chosen, seed) => {
      const input = chosen.reduce((sum, { plant }) => plant(sum), clean);
      const observations = shuffled(input.observations, randomNumbers(seed));
      expect(findAll({ ...input, observations })).toEqual(findAll(input));
    }),
    { seed: 2, numRuns: 200 },
  );
});

test('errors come before warnings, then check by check', () => {
  const everything = keysOf(defects.reduce((sum, { plant }) => plant(sum), clean));
  expect(everything).toEqual(everything.toSorted());
  expect(new Set(everything.map((key) => key.split(' ')[0]))).toEqual(new Set(['error', 'warning']));
});

test('whatever figures the rows hold, the checks answer, and never with NaN as a share', () => {
  const time = fc.option(fc.double(), { nil: null });
  const row = fc.record({
    arm: fc.constantFrom('a', 'b', '__proto__'),
    unit: fc.constantFrom('x#1', 'x#2', 'y', '#', 'constructor'),
    dueAtMs: time,
    startedAtMs: time,
    endedAtMs: time,
    durationMs: time,
    outcome: fc.constantFrom(
      'succeeded' as const,
      'failed' as const,
      'timed out' as const,
      'unsent' as const,
    ),
    start: fc.constantFrom('cold' as const, 'warm' as const, 'unknown' as const, 'not applicable' as const),
    didWork: fc.boolean(),
    variant: fc.constant(null),
    isCompared: fc.boolean(),
    payload: fc.constant(null),
  });
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      fc.constantFrom('span' as const, 'part' as const),
      (rows, covers) => {
        const found = findAll({
          ...clean,
          observations: rows,
          planned: new Map([
            ['a', ['x#1', 'x#2']],
            ['b', []],
          ]),
          durationCovers: covers,
        });
        expect(found.filter(({ seen }) => seen.includes('NaN %'))).toEqual([]);
      },
    ),
    { seed: 3, numRuns: 2000 },
  );
});
