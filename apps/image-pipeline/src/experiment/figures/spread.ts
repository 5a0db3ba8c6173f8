import { bootstrapInterval, type IntervalResult, summarise } from '@skyground/statistics';

/** Equal samples give equal intervals. */
export const seed = 1;

export function medianInterval(values: readonly number[]): IntervalResult {
  return bootstrapInterval(values, 'median', { seed });
}

/** null where there are no values. */
export function medianOf(values: readonly number[]): number | null {
  const figures = summarise(values);
  return figures.kind === 'empty' ? null : figures.median;
}
