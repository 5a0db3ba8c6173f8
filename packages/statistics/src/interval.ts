import {
  type BootstrapOptions,
  type CheckedOptions,
  checkOptions,
  mostForBootstrap,
  percentileInterval,
  randomSource,
  resampledMean,
  resampledMedian,
  resampler,
} from './bootstrap.ts';
import { bcaShares, jackknifeAcceleration, jackknifeMeans, jackknifeMedians } from './bootstrap-bca.ts';
import { fewestForInterval } from './confidence.ts';
import type { IntervalResult } from './interval-result.ts';
import { mean, standardDeviation } from './moments.ts';
import { normalQuantile } from './normal.ts';
import { interpolate, median } from './quantile.ts';
import { fewestForQuantile, orderStatistics } from './quantile-interval.ts';
import { type Sample, type SortedSample, sampleOf, sortedSample } from './sample.ts';

export interface IntervalOptions extends BootstrapOptions {
  /**
   * Percentile, unless told: the middle of the resampled estimates. BCa corrects it for bias and skewness, which helps the
   * mean of skewed values; for a median its correction is rough.
   */
  readonly method?: 'percentile' | 'BCa';
}

type Bounds = Pick<Extract<IntervalResult, { kind: 'interval' }>, 'method' | 'low' | 'high'>;

const statistics = {
  mean: { resampled: resampledMean, jackknife: jackknifeMeans },
  median: { resampled: resampledMedian, jackknife: jackknifeMedians },
};

/**
 * Interval of the mean or the median of independent values: a seeded bootstrap up to 5,000 values, and above that the
 * order statistics of the median and the normal approximation of the mean, whose own error is then below the bootstrap's.
 */
export function bootstrapInterval(
  values: Iterable<number>,
  statistic: 'mean' | 'median',
  options: IntervalOptions,
): IntervalResult {
  const checked = checkOptions(options);
  const sample = sampleOf(values);
  if (sample === undefined) return { kind: 'too few', needed: fewestForInterval, n: 0, estimate: null };
  const sorted = sortedSample(sample);
  const estimate = statistic === 'mean' ? mean(sample) : median(sorted);
  const n = sample.length;
  if (n < fewestForInterval) return { kind: 'too few', needed: fewestForInterval, n, estimate };
  const { confidence } = checked;
  const bounds =
    n <= mostForBootstrap
      ? resampledBounds(sorted, statistic, estimate, options.method ?? 'percentile', checked)
      : statistic === 'mean'
        ? normalBounds(sample, confidence)
        : medianBounds(sorted, confidence);
  return bounds === undefined
    ? { kind: 'too few', needed: fewestForQuantile(0.5, confidence), n, estimate }
    : { kind: 'interval', ...bounds, estimate, n, confidence };
}

function resampledBounds(
  sorted: SortedSample,
  statistic: 'mean' | 'median',
  estimate: number,
  method: 'percentile' | 'BCa',
  options: CheckedOptions,
): Bounds {
  const { resampled, jackknife } = statistics[statistic];
  const draw = resampler(sorted, resampled, randomSource(options.seed));
  if (method === 'percentile') {
    return { method: 'percentile bootstrap', ...percentileInterval(draw, options) };
  }
  const estimates = Float64Array.from({ length: options.resamples }, draw).sort();
  const acceleration = jackknifeAcceleration(jackknife(Float64Array.from(sorted)));
  const [low, high] = bcaShares(estimates, estimate, acceleration, options.confidence);
  return { method: 'BCa bootstrap', low: interpolate(estimates, low), high: interpolate(estimates, high) };
}

function normalBounds(sample: Sample, confidence: number): Bounds {
  const centre = mean(sample);
  const error = (standardDeviation(sample) ?? 0) / Math.sqrt(sample.length);
  const reach = normalQuantile((1 + confidence) / 2) * error;
  return { method: 'normal approximation', low: centre - reach, high: centre + reach };
}

/** undefined only for a confidence so near 1 that thousands of values are too few. */
function medianBounds(sorted: SortedSample, confidence: number): Bounds | undefined {
  const bounds = orderStatistics(sorted, 0.5, confidence);
  return bounds === undefined ? undefined : { method: 'order statistics', ...bounds };
}
