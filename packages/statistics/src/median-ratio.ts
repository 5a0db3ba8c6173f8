import {
  type BootstrapOptions,
  checkOptions,
  mostForBootstrap,
  percentileInterval,
  randomSource,
  resampledMedian,
  resampler,
} from './bootstrap.ts';
import { fewestForInterval } from './confidence.ts';
import { median } from './quantile.ts';
import { fewestForQuantile, orderStatistics } from './quantile-interval.ts';
import { type Sample, type SortedSample, sampleOf, sortedSample } from './sample.ts';

export type RatioResult =
  | {
      readonly kind: 'ratio';
      /** a over b: 2 means that a takes twice as long as b. */
      readonly ratio: number;
      readonly low: number;
      readonly high: number;
      /** Values of a and of b. */
      readonly n: readonly [number, number];
      readonly confidence: number;
    }
  /** The ratio stands, an interval would be made up; null where a side has no values. */
  | {
      readonly kind: 'too few';
      readonly needed: number;
      readonly n: readonly [number, number];
      readonly ratio: number | null;
    }
  /** A ratio needs positive values on both sides; so many are zero or negative. */
  | {
      readonly kind: 'not positive';
      readonly n: readonly [number, number];
      readonly notPositive: readonly [number, number];
    };

/**
 * Median of a over median of b, for two groups of independent values (other images, other numbers of them), with a
 * seeded bootstrap interval (order statistics where a side has more than 5,000 values). Where both sides did the same images, `pairedMedianRatio` says far more.
 */
export function medianRatio(
  a: Iterable<number>,
  b: Iterable<number>,
  options: BootstrapOptions,
): RatioResult {
  const checked = checkOptions(options);
  const sampleA = sampleOf(a);
  const sampleB = sampleOf(b);
  const n = [sampleA?.length ?? 0, sampleB?.length ?? 0] as const;
  const notPositive = [countNotPositive(sampleA), countNotPositive(sampleB)] as const;
  if (notPositive[0] > 0 || notPositive[1] > 0) return { kind: 'not positive', n, notPositive };
  if (sampleA === undefined || sampleB === undefined) {
    return { kind: 'too few', needed: fewestForInterval, n, ratio: null };
  }
  const sortedA = sortedSample(sampleA);
  const sortedB = sortedSample(sampleB);
  const ratio = median(sortedA) / median(sortedB);
  if (Math.min(...n) < fewestForInterval) return { kind: 'too few', needed: fewestForInterval, n, ratio };
  if (Math.max(...n) > mostForBootstrap) return combinedRatio(sortedA, sortedB, ratio, checked.confidence);
  const random32 = randomSource(checked.seed);
  const drawMedian = (sorted: SortedSample) => resampler(sorted, resampledMedian, random32);
  const drawA = drawMedian(sortedA);
  const drawB = drawMedian(sortedB);
  // Logarithms: between two resampled ratios the middle is geometric, so that a/b and b/a say the same.
  const { low, high } = percentileInterval(() => Math.log(drawA()) - Math.log(drawB()), checked);
  return {
    kind: 'ratio',
    ratio,
    low: Math.exp(low),
    high: Math.exp(high),
    n,
    confidence: checked.confidence,
  };
}

/**
 * The two medians' own intervals put together: each side's reach on the logarithmic scale adds up as squares do (MOVER:
 * Zou and Donner, "Construction of confidence limits about effect measures", 2008).
 */
function combinedRatio(a: SortedSample, b: SortedSample, ratio: number, confidence: number): RatioResult {
  const n = [a.length, b.length] as const;
  const boundsA = orderStatistics(a, 0.5, confidence);
  const boundsB = orderStatistics(b, 0.5, confidence);
  if (boundsA === undefined || boundsB === undefined) {
    return { kind: 'too few', needed: fewestForQuantile(0.5, confidence), n, ratio };
  }
  const reach = (median: number, bound: number) => Math.log(median) - Math.log(bound);
  const below = Math.hypot(reach(median(a), boundsA.low), reach(median(b), boundsB.high));
  const above = Math.hypot(reach(median(a), boundsA.high), reach(median(b), boundsB.low));
  return {
    kind: 'ratio',
    ratio,
    low: ratio * Math.exp(-below),
    high: ratio * Math.exp(above),
    n,
    confidence,
  };
}

export function countNotPositive(values: Sample | undefined): number {
  return values?.filter((value) => value <= 0).length ?? 0;
}
