import {
  bootstrapInterval,
  classifyOutliers,
  coefficientOfVariation,
  type IntervalResult,
  quantile,
  type SortedSample,
  sampleOf,
  sortedSample,
} from '@skyground/statistics';
import { measuredRows } from '../../checks/rows.ts';
import type { Observation } from '../../observation.ts';
import type { DerivedRun } from '../../run/derived-run.ts';
import { conditionsOf } from '../../run/run-conditions.ts';
import { armsOf } from '../../run/thresholds.ts';

export const confidence = 0.95;
export const resamples = 10_000;

/** undefined: too few samples for the figure. Times in ms. */
export interface ArmFigures {
  readonly arm: string;
  /** Compared samples with a duration that a clock can have measured: what the figures below are of. */
  readonly n: number;
  readonly median: Extract<IntervalResult, { kind: 'interval' }> | undefined;
  readonly p90Ms: number | undefined;
  readonly p95Ms: number | undefined;
  readonly p99Ms: number | undefined;
  /** A plain number: 0.1 is 10 %. */
  readonly coefficientOfVariation: number | undefined;
  /** How much worse the slowest hundredth is than the usual: 1 is perfectly steady. */
  readonly p99ToMedian: number | undefined;
  readonly outliers: { readonly mild: number; readonly severe: number };
}

/** Every arm, planned ones first, in run order. */
export function armNames({ manifest, observations }: DerivedRun): readonly string[] {
  return [...new Set([...armsOf(manifest.plan.units), ...observations.map(({ arm }) => arm)])];
}

/** The figures that every experiment has, from its observations alone. Outliers are counted, and stay in every figure. */
export function armFigures(run: DerivedRun): readonly ArmFigures[] {
  const { manifest, observations, experiment } = run;
  const conditions = conditionsOf(manifest, null);
  const { durationCovers } = experiment;
  const measured = measuredRows({ observations, planned: new Map(), durationCovers, conditions });
  const byArm = Map.groupBy(measured, ({ arm }) => arm);
  return armNames(run).map((arm) => {
    const values = (byArm.get(arm) ?? []).map(({ durationMs }) => durationMs);
    return figuresOf(arm, values, conditions.minimumSamples, manifest.seed);
  });
}

function figuresOf(arm: string, values: readonly number[], minimum: number, seed: number): ArmFigures {
  const sample = sampleOf(values);
  const sorted = sample === undefined || values.length < minimum ? undefined : sortedSample(sample);
  const median = bootstrapInterval(values, 'median', { seed, resamples, confidence });
  const p99Ms = percentile(sorted, 99);
  const found = classifyOutliers(values);
  const counts = found.kind === 'outliers' ? found.counts : undefined;
  return {
    arm,
    n: values.length,
    median: sorted !== undefined && median.kind === 'interval' ? median : undefined,
    p90Ms: percentile(sorted, 90),
    p95Ms: percentile(sorted, 95),
    p99Ms,
    coefficientOfVariation: sorted === undefined ? undefined : (coefficientOfVariation(sorted) ?? undefined),
    p99ToMedian: p99Ms === undefined || median.estimate === null ? undefined : p99Ms / median.estimate,
    outliers: {
      mild: (counts?.['low mild'] ?? 0) + (counts?.['high mild'] ?? 0),
      severe: (counts?.['low severe'] ?? 0) + (counts?.['high severe'] ?? 0),
    },
  };
}

/** With fewer than one sample beyond it a percentile is a guess between the last two: p99 needs 100 samples. */
function percentile(sorted: SortedSample | undefined, percent: number): number | undefined {
  if (sorted === undefined || sorted.length * (100 - percent) < 100) return undefined;
  return quantile(sorted, percent / 100);
}

/** What became of an arm's units. */
export interface ArmCounts {
  readonly arm: string;
  readonly planned: number;
  /** Compared rows by outcome, and those that started cold. */
  readonly compared: number;
  readonly failed: number;
  readonly timedOut: number;
  readonly unsent: number;
  readonly cold: number;
  /** Warm-up and whatever else is kept but not compared. */
  readonly notCompared: number;
}

export function armCounts(run: DerivedRun): readonly ArmCounts[] {
  const planned = Map.groupBy(run.manifest.plan.units, ({ arm }) => arm);
  const measured = Map.groupBy(run.observations, ({ arm }) => arm);
  return armNames(run).map((arm) => {
    const rows = measured.get(arm) ?? [];
    const compared = rows.filter(({ isCompared }) => isCompared);
    const countOf = (outcome: Observation['outcome']) =>
      compared.filter((row) => row.outcome === outcome).length;
    return {
      arm,
      planned: planned.get(arm)?.length ?? 0,
      compared: compared.length,
      failed: countOf('failed'),
      timedOut: countOf('timed out'),
      unsent: countOf('unsent'),
      cold: compared.filter(({ start }) => start === 'cold').length,
      notCompared: rows.length - compared.length,
    };
  });
}
