import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type ConfidenceOptions, checkConfidence } from './confidence.ts';
import { StatisticsError } from './errors.ts';
import { interpolate } from './quantile.ts';
import type { SortedSample } from './sample.ts';

export interface BootstrapOptions extends ConfidenceOptions {
  /** A 32-bit integer: the same seed and values give the same interval, whatever the order of the values. */
  readonly seed: number;
  /** How many times the sample is drawn anew. */
  readonly resamples?: number;
}

/**
 * The most values that are drawn anew. With more the bootstrap would take seconds to find what theory says at once: order
 * statistics for the median, the central limit theorem for the mean.
 */
export const mostForBootstrap = 5000;

export type CheckedOptions = Required<BootstrapOptions>;

export function checkOptions({ seed, resamples = 10_000, ...options }: BootstrapOptions): CheckedOptions {
  if (!Number.isInteger(seed) || seed !== (seed | 0)) {
    throw new StatisticsError(`seed is a 32-bit integer, got ${seed}.`);
  }
  if (!Number.isInteger(resamples) || resamples < 100) {
    throw new StatisticsError(`resamples is a whole number from 100 on, got ${resamples}. 10000 is usual.`);
  }
  return { seed, resamples, confidence: checkConfidence(options) };
}

/** A statistic of a resample, given as how often each of the sorted values was drawn (`drawn` sums to n). */
export type ResampledStatistic = (sorted: Float64Array, drawn: Uint32Array) => number;

/** Draws samples of n out of n values with replacement and gives their statistic, one call a resample. */
export type Resampler = () => number;

export function randomSource(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => generator.next() >>> 0;
}

/** Counting what was drawn keeps the values sorted, so that a resample's median needs no sorting: O(n). */
export function resampler(
  values: SortedSample,
  statistic: ResampledStatistic,
  random32: () => number,
): Resampler {
  const sorted = Float64Array.from(values);
  const n = sorted.length;
  const drawn = new Uint32Array(n);
  const scale = n / 2 ** 32;
  return () => {
    drawn.fill(0);
    for (let draw = 0; draw < n; draw += 1) {
      // Scaling 32 random bits favours some values by at most n / 2^32, far below the noise of the bootstrap.
      const index = Math.floor(random32() * scale);
      drawn[index] = (drawn[index] ?? 0) + 1;
    }
    return statistic(sorted, drawn);
  };
}

export const resampledMean: ResampledStatistic = (sorted, drawn) => {
  let sum = 0;
  for (let index = 0; index < sorted.length; index += 1) sum += (sorted[index] ?? 0) * (drawn[index] ?? 0);
  return sum / sorted.length;
};

export const resampledMedian: ResampledStatistic = (sorted, drawn) => {
  const n = sorted.length;
  const lowerRank = (n - 1) >> 1;
  const upperRank = n >> 1;
  let seen = 0;
  let index = 0;
  for (; seen <= lowerRank; index += 1) seen += drawn[index] ?? 0;
  const lower = sorted[index - 1] ?? 0;
  for (; seen <= upperRank; index += 1) seen += drawn[index] ?? 0;
  return (lower + (sorted[index - 1] ?? 0)) / 2;
};

/** Percentile interval: the middle `confidence` of the resampled estimates. */
export function percentileInterval(
  estimate: () => number,
  { resamples, confidence }: CheckedOptions,
): { readonly low: number; readonly high: number } {
  const estimates = Float64Array.from({ length: resamples }, estimate).sort();
  return {
    low: interpolate(estimates, (1 - confidence) / 2),
    high: interpolate(estimates, (1 + confidence) / 2),
  };
}
