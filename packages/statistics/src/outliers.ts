import { quantile } from './quantile.ts';
import { sampleOf, sortedSample } from './sample.ts';

export type OutlierClass = 'low severe' | 'low mild' | 'high mild' | 'high severe';

export interface Outliers {
  readonly kind: 'outliers';
  readonly n: number;
  /** How many of each class. Outliers are measurements like the others: they are counted and shown, never left out. */
  readonly counts: Readonly<Record<OutlierClass, number>>;
  /** In the order of the values; index is the value's place among them, from 0. */
  readonly found: readonly { readonly index: number; readonly value: number; readonly class: OutlierClass }[];
}

/** Tukey's rule: mild beyond 1.5 interquartile ranges from the quartiles, severe beyond 3. */
export function classifyOutliers(values: Iterable<number>): Outliers | { readonly kind: 'empty' } {
  const sample = sampleOf(values);
  if (sample === undefined) return { kind: 'empty' };
  const sorted = sortedSample(sample);
  const classOf = outlierRule(quantile(sorted, 0.25), quantile(sorted, 0.75));
  const counts = { 'low severe': 0, 'low mild': 0, 'high mild': 0, 'high severe': 0 };
  const found = sample.flatMap((value, index) => {
    const outlier = classOf(value);
    if (outlier === undefined) return [];
    counts[outlier] += 1;
    return [{ index, value, class: outlier }];
  });
  return { kind: 'outliers', n: sample.length, counts, found };
}

/** Which class a value has beside a box from q1 to q3; undefined: it is no outlier. */
export function outlierRule(q1: number, q3: number): (value: number) => OutlierClass | undefined {
  const range = q3 - q1;
  return (value) => {
    const distance = Math.max(q1 - value, value - q3, 0);
    if (distance <= 1.5 * range) return undefined;
    const side = value < q1 ? 'low' : 'high';
    return distance <= 3 * range ? `${side} mild` : `${side} severe`;
  };
}
