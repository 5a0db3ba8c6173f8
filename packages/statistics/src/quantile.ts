import { StatisticsError } from './errors.ts';
import type { SortedSample } from './sample.ts';

/**
 * R-7 quantile (linear between order statistics at (n - 1) p): the default of numpy, R, pandas and d3. Other tools
 * differ a lot in the tail: of 90 95 100 105 110 115 120 125 130 1500, p90 is 267 here and 1363 in JMeter.
 */
export function quantile(values: SortedSample, p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new StatisticsError(
      `A quantile's p is a fraction from 0 to 1, got ${p}. The 95th percentile is 0.95.`,
    );
  }
  return interpolate(values, p);
}

/** In the unit of the values; the mean of the middle two where n is even. */
export function median(values: SortedSample): number {
  return interpolate(values, 0.5);
}

/** R-7 on any sorted, non-empty list (a typed array of resampled estimates, too). */
export function interpolate(sorted: ArrayLike<number>, p: number): number {
  const position = (sorted.length - 1) * p;
  const below = Math.floor(position);
  const lower = sorted[below];
  if (lower === undefined) throw new StatisticsError('A quantile needs at least one value.');
  const upper = sorted[below + 1] ?? lower;
  return lower + (upper - lower) * (position - below);
}
