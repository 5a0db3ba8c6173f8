import { mean, quantile, type SortedSample, sampleOf, sortedSample } from '@skyground/statistics';
import { LoadError } from '../errors.ts';
import { isSent, type LoadSample, responseMs, serviceMs } from '../sample.ts';

const metrics = ['response_ms', 'service_ms', 'failed', 'dropped'] as const;
type Metric = (typeof metrics)[number];
const comparisons = ['<', '<=', '>', '>=', '==', '!='] as const;
type Comparison = (typeof comparisons)[number];

type Aggregation =
  | { readonly kind: 'avg' | 'min' | 'med' | 'max' | 'rate' | 'count' }
  | { readonly kind: 'p'; readonly percent: number };

/** A condition that a load has to fulfil. */
export interface Threshold {
  /** As it was written. */
  readonly text: string;
  readonly metric: Metric;
  readonly aggregation: Aggregation;
  readonly comparison: Comparison;
  readonly limit: number;
}

export type ThresholdVerdict =
  | { readonly verdict: 'kept' | 'broken'; readonly threshold: Threshold; readonly value: number }
  /** Nothing was sent, so there is no value. Not kept: a load that does nothing must not pass. */
  | { readonly verdict: 'no samples'; readonly threshold: Threshold };

const pattern =
  /^\s*(?:(?<metric>\w+)\s*:)?\s*(?:p\(\s*(?<percent>\d+(?:\.\d+)?)\s*\)|(?<word>avg|min|med|max|rate|count))\s*(?<comparison><=|>=|==|!=|<|>)\s*(?<limit>-?\d+(?:\.\d+)?)\s*$/;

/**
 * Reads a threshold in k6's words: `p(99)<500`, `avg<=200`, and with another metric than response_ms before a colon,
 * `service_ms:max<1000`, `failed:rate<0.01`, `dropped:count==0`.
 *
 * @throws LoadError for anything else
 */
export function parseThreshold(text: string): Threshold {
  const groups = pattern.exec(text)?.groups;
  const metric = metrics.find((name) => name === (groups?.['metric'] ?? 'response_ms'));
  const comparison = comparisons.find((name) => name === groups?.['comparison']);
  const aggregation = readAggregation(groups);
  const isShare = metric === 'failed' || metric === 'dropped';
  const wantsShare = aggregation?.kind === 'rate' || aggregation?.kind === 'count';
  if (
    metric === undefined ||
    comparison === undefined ||
    aggregation === undefined ||
    isShare !== wantsShare
  ) {
    throw new LoadError(
      `The threshold '${text}' is not understood, expected such as p(99)<500, service_ms:avg<=200 (p(N), avg, min, med or max of response_ms or service_ms), failed:rate<0.01 or dropped:count==0 (rate or count of failed or dropped).`,
    );
  }
  return { text, metric, aggregation, comparison, limit: Number(groups?.['limit']) };
}

function readAggregation(
  groups: Readonly<Record<string, string | undefined>> | undefined,
): Aggregation | undefined {
  if (groups?.['percent'] !== undefined) {
    const percent = Number(groups['percent']);
    return percent <= 100 ? { kind: 'p', percent } : undefined;
  }
  const kinds = ['avg', 'min', 'med', 'max', 'rate', 'count'] as const;
  const kind = kinds.find((name) => name === groups?.['word']);
  return kind === undefined ? undefined : { kind };
}

/**
 * Judges all samples of a load. Latencies are those of all requests sent, failed ones too; percentiles are R-7. Rates are
 * shares of all that were due.
 */
export function judgeThresholds(
  thresholds: readonly Threshold[],
  samples: readonly LoadSample[],
): ThresholdVerdict[] {
  const sent = samples.filter(isSent);
  const counts = {
    failed: sent.filter(({ status }) => status === 'failed').length,
    dropped: samples.length - sent.length,
  };
  const times = { response_ms: sorted(sent.map(responseMs)), service_ms: sorted(sent.map(serviceMs)) };
  return thresholds.map((threshold) => {
    const { metric, aggregation, comparison, limit } = threshold;
    const value =
      metric === 'failed' || metric === 'dropped'
        ? shareOf(counts[metric], samples.length, aggregation)
        : latencyOf(times[metric], aggregation);
    if (value === undefined) return { verdict: 'no samples', threshold };
    return { verdict: holds(value, comparison, limit) ? 'kept' : 'broken', threshold, value };
  });
}

function sorted(timesMs: readonly number[]): SortedSample | undefined {
  const sample = sampleOf(timesMs);
  return sample === undefined ? undefined : sortedSample(sample);
}

function shareOf(count: number, total: number, { kind }: Aggregation): number | undefined {
  if (total === 0) return undefined;
  return kind === 'count' ? count : count / total;
}

function latencyOf(timesMs: SortedSample | undefined, aggregation: Aggregation): number | undefined {
  if (timesMs === undefined) return undefined;
  const percent = { min: 0, med: 50, max: 100 };
  switch (aggregation.kind) {
    case 'p':
      return quantile(timesMs, aggregation.percent / 100);
    case 'min':
    case 'med':
    case 'max':
      return quantile(timesMs, percent[aggregation.kind] / 100);
    case 'avg':
      return mean(timesMs);
    case 'rate':
    case 'count':
      return undefined;
  }
}

function holds(value: number, comparison: Comparison, limit: number): boolean {
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    case '==':
      return value === limit;
    case '!=':
      return value !== limit;
  }
}
