import {
  type BootstrapOptions,
  checkOptions,
  fewestForInterval,
  percentileInterval,
  randomSource,
  resampledMean,
  resampledMedian,
  resampler,
} from './bootstrap.ts';
import { mean } from './moments.ts';
import { median } from './quantile.ts';
import { sampleOf, sortedSample } from './sample.ts';

export type IntervalResult =
  | {
      readonly kind: 'interval';
      /** The statistic of the values themselves; it, low and high are in their unit. */
      readonly estimate: number;
      readonly low: number;
      readonly high: number;
      readonly n: number;
      readonly confidence: number;
    }
  /** The estimate stands, an interval would be made up; null where there are no values at all. */
  | {
      readonly kind: 'too few';
      readonly needed: number;
      readonly n: number;
      readonly estimate: number | null;
    };

/** Seeded percentile bootstrap interval of the mean or the median of independent values. */
export function bootstrapInterval(
  values: Iterable<number>,
  statistic: 'mean' | 'median',
  options: BootstrapOptions,
): IntervalResult {
  const checked = checkOptions(options);
  const sample = sampleOf(values);
  if (sample === undefined) return { kind: 'too few', needed: fewestForInterval, n: 0, estimate: null };
  const sorted = sortedSample(sample);
  const estimate = statistic === 'mean' ? mean(sample) : median(sorted);
  const n = sample.length;
  if (n < fewestForInterval) return { kind: 'too few', needed: fewestForInterval, n, estimate };
  const resampled = statistic === 'mean' ? resampledMean : resampledMedian;
  const draw = resampler(sorted, resampled, randomSource(checked.seed));
  return {
    kind: 'interval',
    estimate,
    ...percentileInterval(draw, checked),
    n,
    confidence: checked.confidence,
  };
}
