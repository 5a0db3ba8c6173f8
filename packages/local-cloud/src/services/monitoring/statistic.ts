import { notImplemented } from '../../errors.ts';
import { invalidRequest } from './errors.ts';
import type { Summary, ValueCount } from './metric-series.ts';

/** What a data point is of its samples: something of their summary, or a percentile of all of them. */
export type Statistic =
  | { readonly kind: 'summary'; readonly of: (summary: Summary) => number }
  | { readonly kind: 'percentile'; readonly percent: number };

const SUMMARIES: ReadonlyMap<string, (summary: Summary) => number> = new Map([
  ['SampleCount', ({ samples }: Summary) => samples],
  ['Sum', ({ total }: Summary) => total],
  ['Average', ({ total, samples }: Summary) => total / samples],
  ['Minimum', ({ minimum }: Summary) => minimum],
  ['Maximum', ({ maximum }: Summary) => maximum],
]);

/** Trimmed and winsorised means, trimmed counts and sums, percentile ranks, the interquartile mean. */
const NOT_DONE = /^(?:(?:tm|wm|tc|ts)\d|(?:TM|WM|TC|TS|PR)\(|IQM$)/;

export function parseStatistic(name: string, operationName: string): Statistic {
  const of = SUMMARIES.get(name);
  if (of !== undefined) return { kind: 'summary', of };
  const [, percent] = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name) ?? [];
  if (percent !== undefined) return { kind: 'percentile', percent: Number(percent) };
  if (NOT_DONE.test(name)) throw notImplemented('monitoring', operationName, `statistic ${name}`);
  throw invalidRequest(
    `Invalid statistic '${name}': expected ${[...SUMMARIES.keys()].join(', ')} or a percentile such as p99.`,
  );
}

/** Nearest rank: the least value that is not exceeded by so many percent of the samples. CloudWatch approximates. */
export function percentile(counts: readonly ValueCount[], percent: number): number {
  const sorted = counts.toSorted((a, b) => a.value - b.value);
  const samples = sorted.reduce((sum, count) => sum + count.samples, 0);
  let missing = Math.max(1, Math.ceil((percent / 100) * samples));
  for (const count of sorted) {
    missing -= count.samples;
    if (missing <= 0) return count.value;
  }
  throw new RangeError('A percentile needs samples, found none.');
}
