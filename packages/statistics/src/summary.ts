import { coefficientOfVariation, mean, standardDeviation } from './moments.ts';
import { quantile } from './quantile.ts';
import { sampleOf, sortedSample } from './sample.ts';

/** All in the unit of the values, except n and the coefficient of variation (a fraction). Percentiles are R-7. */
export interface Summary {
  readonly kind: 'summary';
  readonly n: number;
  readonly mean: number;
  /** null where n is 1. */
  readonly standardDeviation: number | null;
  /** null where n is 1 or the mean is not positive. */
  readonly coefficientOfVariation: number | null;
  readonly min: number;
  readonly q1: number;
  readonly median: number;
  readonly q3: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** The usual figures of some values; `empty` where there are none. Throws StatisticsError on NaN or infinity. */
export function summarise(values: Iterable<number>): Summary | { readonly kind: 'empty' } {
  const sample = sampleOf(values);
  if (sample === undefined) return { kind: 'empty' };
  const sorted = sortedSample(sample);
  return {
    kind: 'summary',
    n: sample.length,
    mean: mean(sample),
    standardDeviation: standardDeviation(sample),
    coefficientOfVariation: coefficientOfVariation(sample),
    min: quantile(sorted, 0),
    q1: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    q3: quantile(sorted, 0.75),
    p95: quantile(sorted, 0.95),
    p99: quantile(sorted, 0.99),
    max: quantile(sorted, 1),
  };
}
