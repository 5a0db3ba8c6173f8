import { outlierRule } from './outliers.ts';
import { quantile } from './quantile.ts';
import { sampleOf, sortedSample } from './sample.ts';

/** What a box plot draws, by Tukey's rule. All in the unit of the values but n. */
export interface BoxPlot {
  readonly kind: 'box plot';
  readonly n: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  /** The outermost values within 1.5 interquartile ranges of the box, or the box's own edge where no value lies between. */
  readonly whiskerLow: number;
  readonly whiskerHigh: number;
  /** Beyond 1.5 and up to 3 interquartile ranges from the box, ascending. */
  readonly mildOutliers: readonly number[];
  /** Beyond 3 interquartile ranges, ascending. */
  readonly extremeOutliers: readonly number[];
}

export function boxPlot(values: Iterable<number>): BoxPlot | { readonly kind: 'empty' } {
  const sample = sampleOf(values);
  if (sample === undefined) return { kind: 'empty' };
  const sorted = sortedSample(sample);
  const q1 = quantile(sorted, 0.25);
  const q3 = quantile(sorted, 0.75);
  const classOf = outlierRule(q1, q3);
  const inside = sorted.filter((value) => classOf(value) === undefined);
  return {
    kind: 'box plot',
    n: sorted.length,
    q1,
    median: quantile(sorted, 0.5),
    q3,
    // Quartiles are interpolated: the innermost value can lie inside the box.
    whiskerLow: Math.min(inside[0] ?? q1, q1),
    whiskerHigh: Math.max(inside.at(-1) ?? q3, q3),
    mildOutliers: sorted.filter((value) => classOf(value)?.endsWith('mild')),
    extremeOutliers: sorted.filter((value) => classOf(value)?.endsWith('severe')),
  };
}
