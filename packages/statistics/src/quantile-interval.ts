import { quantileRanks } from './binomial.ts';
import { type ConfidenceOptions, checkConfidence, fewestForInterval } from './confidence.ts';
import { StatisticsError } from './errors.ts';
import type { IntervalResult } from './interval-result.ts';
import { quantile } from './quantile.ts';
import { type SortedSample, sampleOf, sortedSample } from './sample.ts';

/**
 * Order-statistic interval of a quantile: two of the values themselves, chosen by the binomial distribution. It assumes
 * nothing about how the values are distributed and holds at least the confidence. A tail quantile needs many values: the
 * 99th percentile 368 for 95 %. The estimate is R-7.
 */
export function quantileInterval(
  values: Iterable<number>,
  p: number,
  options: ConfidenceOptions = {},
): IntervalResult {
  const confidence = checkConfidence(options);
  if (!(p > 0 && p < 1)) {
    throw new StatisticsError(
      `A quantile with an interval has a p between 0 and 1, got ${p}. The smallest and the largest value have none.`,
    );
  }
  const sample = sampleOf(values);
  const needed = fewestForQuantile(p, confidence);
  if (sample === undefined) return { kind: 'too few', needed, n: 0, estimate: null };
  const sorted = sortedSample(sample);
  const estimate = quantile(sorted, p);
  const interval = orderStatistics(sorted, p, confidence);
  return interval === undefined
    ? { kind: 'too few', needed, n: sorted.length, estimate }
    : { kind: 'interval', method: 'order statistics', estimate, ...interval, n: sorted.length, confidence };
}

/** undefined for fewer than `fewestForQuantile` values. */
export function orderStatistics(
  sorted: SortedSample,
  p: number,
  confidence: number,
): { readonly low: number; readonly high: number } | undefined {
  const ranks = sorted.length < fewestForInterval ? undefined : quantileRanks(sorted.length, p, confidence);
  const low = sorted[(ranks?.low ?? 0) - 1];
  const high = sorted[(ranks?.high ?? 0) - 1];
  return low === undefined || high === undefined ? undefined : { low, high };
}

/** So many values that both all below and all above the quantile are rare enough. */
export function fewestForQuantile(p: number, confidence: number): number {
  const tail = (1 - confidence) / 2;
  let needed = Math.max(fewestForInterval, Math.floor(Math.log(tail) / Math.log(Math.max(p, 1 - p))));
  while (quantileRanks(needed, p, confidence) === undefined) needed += 1;
  return needed;
}
