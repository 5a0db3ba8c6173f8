import { type PlannedUnit, UsageError } from '@skyground/experiment';
import type { Mode } from './modes.ts';
import { type Parameters, settingsOf } from './parameters.ts';
import type { Scenario } from './scenarios.ts';

/** One run of the workflow. */
export interface PlannedRun {
  readonly mode: Mode;
  readonly scenario: Scenario;
  readonly start: 'cold' | 'warm';
  /** From 1: in each round every mode runs every scenario once. */
  readonly round: number;
}

/** The same in every mode: by it runs become pairs. */
export function unitOf({ scenario, start, round }: Omit<PlannedRun, 'mode'>): string {
  return `${scenario.id}${start === 'cold' ? ', cold' : ''}#${round}`;
}

export function plannedUnitOf(run: PlannedRun): PlannedUnit {
  return { arm: run.mode, unit: unitOf(run) };
}

/**
 * All runs in run order: rounds of warm ones first, since a forced cold start leaves new environments behind. In a round the modes of
 * one scenario follow each other, and each of them is first equally often.
 */
export function runsOf(parameters: Parameters): readonly PlannedRun[] {
  const { modes, scenarios, iterations, coldIterations } = settingsOf(parameters);
  const roundsOf = (start: PlannedRun['start'], rounds: number) =>
    Array.from({ length: rounds }, (_none, index) => index + 1).flatMap((round) =>
      scenarios.flatMap((scenario, place) =>
        rotated(modes, round - 1 + place).map((mode) => ({ mode, scenario, start, round })),
      ),
    );
  return [...roundsOf('warm', iterations), ...roundsOf('cold', coldIterations)];
}

/** The runs that these units of the plan are, in their order: all of them, or what a stop left over. */
export function plannedRunsOf(parameters: Parameters, units: readonly PlannedUnit[]): readonly PlannedRun[] {
  const planned = new Map(runsOf(parameters).map((one) => [keyOf(plannedUnitOf(one)), one]));
  return units.map((unit) => {
    const found = planned.get(keyOf(unit));
    if (found !== undefined) return found;
    throw new UsageError(
      `expected ${unit.unit} of ${unit.arm} in the plan of these parameters. Begin a new run.`,
    );
  });
}

function keyOf({ arm, unit }: PlannedUnit): string {
  return JSON.stringify([arm, unit]);
}

function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const first = by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
