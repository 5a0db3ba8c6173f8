import { StatisticsError } from './errors.ts';
import { tieSizes } from './rank-sum.ts';
import { sampleOf, sortedSample } from './sample.ts';

export interface Ecdf {
  readonly kind: 'ecdf';
  readonly n: number;
  /** How many different values there are, each a step of the curve. */
  readonly steps: number;
  /** Ascending; share is the part of all values that is at most this one. Every point lies on the curve. */
  readonly points: readonly { readonly value: number; readonly share: number }[];
  /** Some steps are left out: between two points the curve is known at its ends only. */
  readonly thinned: boolean;
}

/**
 * Empirical cumulative distribution. With more different values than `mostPoints` (1,000 unless told: more than a chart
 * has pixels for) those are kept that rise in equal shares, and always the first and the last.
 */
export function ecdf(values: Iterable<number>, mostPoints = 1000): Ecdf | { readonly kind: 'empty' } {
  if (!Number.isInteger(mostPoints) || mostPoints < 2) {
    throw new StatisticsError(`mostPoints is a whole number from 2 on, got ${mostPoints}.`);
  }
  const sample = sampleOf(values);
  if (sample === undefined) return { kind: 'empty' };
  const sorted = sortedSample(sample);
  const n = sorted.length;
  let upTo = 0;
  const steps = tieSizes(sorted).map((size) => {
    upTo += size;
    return { value: sorted[upTo - 1] ?? 0, share: upTo / n };
  });
  const thinned = steps.length > mostPoints;
  return { kind: 'ecdf', n, steps: steps.length, points: thinned ? thin(steps, mostPoints) : steps, thinned };
}

function thin(steps: Ecdf['points'], mostPoints: number): Ecdf['points'] {
  const kept: Ecdf['points'][number][] = [];
  for (const step of steps) {
    // The first step at or above each of the equal shares 0, 1 / (mostPoints - 1) and so on to 1.
    if (step.share >= nextShare(kept.at(-1)?.share, mostPoints)) kept.push(step);
  }
  return kept;
}

function nextShare(share: number | undefined, mostPoints: number): number {
  if (share === undefined) return 0;
  return Math.min(1, (Math.floor(share * (mostPoints - 1)) + 1) / (mostPoints - 1));
}
