import type { Observation } from '../observation.ts';
import type { CheckInput } from './check.ts';

/** Longer than any run, about 30 years: what claims more was not measured. */
export const longestMs = 1e12;
/** A picosecond: shorter is rounding, not time. */
const shortestMs = 1e-9;

/** Rows that the comparison answers for: compared ones, and planned ones that were left out of it. Warm-up is neither. */
export function answerableRows({ observations, planned }: CheckInput): Observation[] {
  const units = new Map([...planned].map(([arm, names]) => [arm, new Set(names)]));
  return observations.filter((row) => row.isCompared || units.get(row.arm)?.has(plannedUnitOf(row)) === true);
}

/** What the plan calls it. */
export function plannedUnitOf({ unit, partOf }: Pick<Observation, 'unit' | 'partOf'>): string {
  return partOf?.unit ?? unit;
}

/** Rows whose durations the arms are compared by, whether those durations make sense or not. */
export function comparedRows({ observations }: CheckInput): Observation[] {
  return observations.filter((row) => row.isCompared && row.outcome === 'succeeded');
}

export type MeasuredRow = Observation & { readonly durationMs: number };

/** Compared rows with a duration that a clock can have measured: all that may enter a statistic. */
export function measuredRows(input: CheckInput): MeasuredRow[] {
  return comparedRows(input).filter(
    (row): row is MeasuredRow =>
      row.durationMs !== null && isPossible(row.durationMs, input.conditions.clockResolutionMs),
  );
}

export function isPossible(durationMs: number, clockResolutionMs: number): boolean {
  return durationMs >= shortestMs && durationMs >= clockResolutionMs && durationMs <= longestMs;
}

/** In the arms' code-unit order, so that findings do not depend on the order of the rows. */
export function byArm<Row extends { readonly arm: string }>(rows: readonly Row[]): [string, Row[]][] {
  return [...Map.groupBy(rows, (row) => row.arm)].toSorted(([a], [b]) => compareText(a, b));
}

/**
 * When the measured work was done: at the end of its sample, before which it may have waited in a queue for as long as the whole
 * run. null where no time is known.
 */
export function timeOf({ startedAtMs, endedAtMs }: Observation): number | null {
  const timeMs = endedAtMs ?? startedAtMs;
  return timeMs !== null && Number.isFinite(timeMs) ? timeMs : null;
}

/** Rows that have a time, earliest first. Equal times by unit, then arm: arms at the same time count as interleaved. */
export function inOrderOfTime<Row extends Observation>(rows: readonly Row[]): Row[] {
  return rows
    .flatMap((row) => {
      const timeMs = timeOf(row);
      return timeMs === null ? [] : [{ row, timeMs }];
    })
    .toSorted(
      (a, b) =>
        a.timeMs - b.timeMs || compareText(a.row.unit, b.row.unit) || compareText(a.row.arm, b.row.arm),
    )
    .map(({ row }) => row);
}

/** The work that a unit repeats: `FHD_01.jpg#2` is `FHD_01.jpg` done a second time. */
export function workOf(unit: string): string {
  return unit.replace(/#\d+$/, '');
}

/** Planned units of one arm that have a row, or all the rows of their parts. */
export function measuredUnits(rows: readonly Pick<Observation, 'unit' | 'partOf'>[]): readonly string[] {
  const parts = new Map<string, number>();
  return rows.flatMap((row) => {
    if (row.partOf === undefined) return [row.unit];
    const work = workOf(row.unit);
    const present = (parts.get(work) ?? 0) + 1;
    parts.set(work, present);
    return present === row.partOf.parts ? [row.partOf.unit] : [];
  });
}

/** By code units: the same on every machine, unlike a locale's order. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
