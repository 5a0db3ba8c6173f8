import { bootstrapInterval, type IntervalResult, summarise } from '@skyground/statistics';

/** Equal samples give equal intervals. */
export const seed = 1;

/** Figures of some durations; null where there is none. */
export interface Spread {
  readonly n: number;
  readonly median: IntervalResult;
  readonly p95Ms: number | null;
  readonly maxMs: number | null;
}

export function spreadOf(valuesMs: readonly number[]): Spread {
  const summary = summarise(valuesMs);
  return {
    n: valuesMs.length,
    median: bootstrapInterval(valuesMs, 'median', { seed }),
    p95Ms: summary.kind === 'summary' ? summary.p95 : null,
    maxMs: summary.kind === 'summary' ? summary.max : null,
  };
}
