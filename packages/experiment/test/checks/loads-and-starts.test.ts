import { describe, expect, it } from 'vitest';
import type { CheckInput } from '../../src/checks/check.ts';
import { findAll, type Observation } from '../../src/index.ts';
import { cleanRun } from '../support/clean-run.ts';
import { changeRows } from '../support/defects.ts';

const clean = cleanRun({ seed: 3, arms: ['cold', 'warm'], works: 1, repetitions: 40 });
const everyRow = () => true;

function found(input: CheckInput): string[] {
  return findAll(input).map(({ severity, checkId, arms }) => [severity, checkId, ...arms].join(' '));
}

describe('starts that an experiment brings about on purpose', () => {
  /** As meant, but for the first so many rows of each arm. */
  const meant = (warmAmongCold: number, coldAmongWarm: number) => {
    const seen = new Map<string, number>();
    return changeRows(clean, everyRow, ({ arm }) => {
      const nth = (seen.get(arm) ?? 0) + 1;
      seen.set(arm, nth);
      return arm === 'cold'
        ? { intendedStart: 'cold', start: nth <= warmAmongCold ? 'warm' : 'cold' }
        : { intendedStart: 'warm', start: nth <= coldAmongWarm ? 'cold' : 'warm' };
    });
  };

  it('are compared with what was meant, not with each other', () => {
    expect(found(meant(0, 0))).toEqual([]);
  });

  it('are an error where more than a tenth of an arm was otherwise', () => {
    expect(found(meant(5, 0))).toEqual(['error cold-imbalance cold']);
    expect(found(meant(0, 5))).toEqual(['error cold-imbalance warm']);
    expect(findAll(meant(5, 0))[0]?.seen).toContain('meant to start cold: cold 35 of 40 (87.5 %)');
  });

  it('are a warning where a few of a warm arm were cold', () => {
    expect(found(meant(4, 0))).toEqual([]);
    expect(found(meant(0, 1))).toEqual(['warning cold-imbalance warm']);
  });

  it('are a result where either was welcome', () => {
    const asked = changeRows(clean, everyRow, ({ arm }) => ({
      intendedStart: 'either',
      start: arm === 'cold' ? 'cold' : 'warm',
    }));
    expect(found(asked)).toEqual([]);
  });
});

describe('a unit of which nobody knew beforehand how many samples it gives', () => {
  const rows = cleanRun({ seed: 3, arms: ['load', 'other'], works: 1, repetitions: 40, order: 'blocks' });
  const byArm = (arm: string) => rows.observations.filter((row) => row.arm === arm);
  const asLoad = (row: Observation, index: number, name: string, parts: number): Observation => ({
    ...row,
    unit: `load ${name}#${index + 1}`,
    partOf: { unit: 'load', parts },
  });
  const withLoad = (load: readonly Observation[]): CheckInput => ({
    ...rows,
    planned: new Map([...rows.planned, ['load', ['load']]]),
    observations: [...load, ...byArm('other')],
  });
  const whole = byArm('load').map((row, index) => asLoad(row, index, 'a', 40));

  it('is planned by its own name, and whole with all its parts', () => {
    expect(found(withLoad(whole))).toEqual([]);
  });

  it('is missing where one of them is', () => {
    expect(found(withLoad(whole.slice(1)))).toEqual(['error missing-rows load']);
  });

  it('is not made whole by those of an attempt that was cut', () => {
    const cut = whole.slice(0, 10).map((row, index) => asLoad(row, index, 'b', 40));
    expect(found(withLoad([...whole.slice(10), ...cut]))).toEqual(['error missing-rows load']);
    expect(found(withLoad([...whole, ...cut]))).not.toContain('error missing-rows load');
  });

  it('is one unit in the order of the arms: nothing can come between its parts', () => {
    const atOnce = (row: Observation) => ({ ...row, startedAtMs: 1, endedAtMs: 1 + (row.durationMs ?? 0) });
    expect(found(withLoad(whole.map(atOnce)))).not.toContain('warning order load');
    const notALoad = byArm('load').map(atOnce);
    expect(found({ ...rows, observations: [...notALoad, ...byArm('other')] })).toContain(
      'warning order load',
    );
  });
});
