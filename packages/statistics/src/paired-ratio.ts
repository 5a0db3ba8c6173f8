import {
  type BootstrapOptions,
  type CheckedOptions,
  checkOptions,
  mostForBootstrap,
  percentileInterval,
  randomSource,
  resampledMedian,
  resampler,
} from './bootstrap.ts';
import { fewestForInterval } from './confidence.ts';
import { countNotPositive, type RatioResult } from './median-ratio.ts';
import { median } from './quantile.ts';
import { fewestForQuantile, orderStatistics } from './quantile-interval.ts';
import { type SortedSample, sampleOf, sortedSample } from './sample.ts';

/** The same thing measured on both sides, in the same unit: one image, say. */
export interface Pair {
  readonly a: number;
  readonly b: number;
}

/**
 * Median over pairs of a / b, with a seeded bootstrap interval over the pairs (order statistics above 5,000). The headline of a comparison of the same
 * images: an image's size cancels, and one odd image cannot move it far. On the logarithmic scale, so that a/b and b/a
 * say the same. See docs/decisions/0004-paired-ratio.md.
 */
export function pairedMedianRatio(pairs: Iterable<Pair>, options: BootstrapOptions): RatioResult {
  const checked = checkOptions(options);
  const all = [...pairs];
  const n = [all.length, all.length] as const;
  const a = sampleOf(all.map((pair) => pair.a));
  const b = sampleOf(all.map((pair) => pair.b));
  const notPositive = [countNotPositive(a), countNotPositive(b)] as const;
  if (notPositive[0] > 0 || notPositive[1] > 0) return { kind: 'not positive', n, notPositive };
  const logRatios = sampleOf(all.map((pair) => logRatio(pair)));
  if (logRatios === undefined) return { kind: 'too few', needed: fewestForInterval, n, ratio: null };
  const sorted = sortedSample(logRatios);
  const ratio = Math.exp(median(sorted));
  if (all.length < fewestForInterval) return { kind: 'too few', needed: fewestForInterval, n, ratio };
  const bounds = logBounds(sorted, checked);
  if (bounds === undefined) {
    return { kind: 'too few', needed: fewestForQuantile(0.5, checked.confidence), n, ratio };
  }
  return {
    kind: 'ratio',
    ratio,
    low: Math.exp(bounds.low),
    high: Math.exp(bounds.high),
    n,
    confidence: checked.confidence,
  };
}

function logBounds(sorted: SortedSample, options: CheckedOptions) {
  return sorted.length > mostForBootstrap
    ? orderStatistics(sorted, 0.5, options.confidence)
    : percentileInterval(resampler(sorted, resampledMedian, randomSource(options.seed)), options);
}

function logRatio({ a, b }: Pair): number {
  return Math.log(a) - Math.log(b);
}
