import { bootstrapInterval, type IntervalResult, summarise } from '@skyground/statistics';

/** How values of one kind are spread; null where there are none. */
export interface Spread {
  readonly n: number;
  readonly median: IntervalResult;
  readonly mean: IntervalResult;
  readonly p95: number;
  readonly min: number;
  readonly max: number;
}

/** Equal samples give equal intervals. */
const options = { seed: 1 };

export function spreadOf(values: readonly number[]): Spread | null {
  const figures = summarise(values);
  if (figures.kind === 'empty') return null;
  const { n, p95, min, max } = figures;
  return {
    n,
    median: bootstrapInterval(values, 'median', options),
    mean: bootstrapInterval(values, 'mean', options),
    ...{ p95, min, max },
  };
}

/** The median alone; null where there are no values. */
export function medianOf(values: readonly number[]): number | null {
  const figures = summarise(values);
  return figures.kind === 'empty' ? null : figures.median;
}

/** The mean alone; null where there are no values. */
export function meanOf(values: readonly number[]): number | null {
  const figures = summarise(values);
  return figures.kind === 'empty' ? null : figures.mean;
}

/** For charts and tables that show the median with its interval. */
export function medianInterval(values: readonly number[]): IntervalResult {
  return bootstrapInterval(values, 'median', options);
}

/** Where a median of whole milliseconds would hide what lies below one. */
export function meanInterval(values: readonly number[]): IntervalResult {
  return bootstrapInterval(values, 'mean', options);
}
