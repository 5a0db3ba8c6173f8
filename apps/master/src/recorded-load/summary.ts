import type { SummaryTable, Verdict } from '@skyground/experiment';
import {
  type IntervalResult,
  quantileInterval,
  type Summary as Spread,
  sampleOf,
  steadyState,
  summarise as summariseValues,
} from '@skyground/statistics';
import type { Sample } from './sample.ts';

export interface EndpointSummary {
  readonly endpoint: string;
  readonly requests: number;
  readonly failures: number;
  readonly requestsPerS: number;
  /** null where nothing succeeded. */
  readonly spread: Spread | null;
  readonly median: IntervalResult;
  readonly p99: IntervalResult;
  readonly steady: 'steady' | 'not steady' | 'too few';
}

export interface Summary {
  /** Of what the figures are: requests, or means of a second's requests. */
  readonly of: 'requests' | 'seconds';
  readonly spanS: number;
  readonly endpoints: readonly EndpointSummary[];
}

export function summarise(samples: readonly Sample[]): Summary {
  const start = samples.reduce((first, { startedAtMs }) => Math.min(first, startedAtMs), Number.MAX_VALUE);
  const end = samples.reduce((last, { endedAtMs }) => Math.max(last, endedAtMs), 0);
  const spanS = Math.max(0, end - start) / 1000;
  return {
    of: samples.some(({ unit }) => unit.startsWith('second#')) ? 'seconds' : 'requests',
    spanS,
    endpoints: [...Map.groupBy(samples, ({ endpoint }) => endpoint)].map(([endpoint, own]) =>
      endpointOf(endpoint, own, spanS),
    ),
  };
}

function endpointOf(endpoint: string, own: readonly Sample[], spanS: number): EndpointSummary {
  const durationsMs = own.flatMap(({ durationMs }) => durationMs ?? []);
  const sum = (of: (sample: Sample) => number): number => own.reduce((total, one) => total + of(one), 0);
  const requests = sum((sample) => sample.requests);
  const spread = sampleOf(durationsMs) === undefined ? null : summariseValues(durationsMs);
  return {
    endpoint,
    requests,
    failures: sum(({ failures }) => failures),
    requestsPerS: spanS > 0 ? requests / spanS : 0,
    spread: spread?.kind === 'summary' ? spread : null,
    median: quantileInterval(durationsMs, 0.5),
    p99: quantileInterval(durationsMs, 0.99),
    steady: steadyState(durationsMs).kind,
  };
}

export function verdict({ endpoints, spanS, of }: Summary): Verdict {
  const requests = endpoints.reduce((sum, one) => sum + one.requests, 0);
  const failures = endpoints.reduce((sum, one) => sum + one.failures, 0);
  const slowest = endpoints
    .flatMap(({ endpoint, spread }) => (spread === null ? [] : [{ endpoint, p95: spread.p95 }]))
    .toSorted((a, b) => b.p95 - a.p95)[0];
  const slow =
    slowest === undefined ? 'nothing succeeded' : `p95 of ${slowest.endpoint} ${slowest.p95.toFixed(1)} ms`;
  return {
    headline: `${requests} requests in ${spanS.toFixed(1)} s, ${failures} failed; slowest: ${slow}.`,
    sentences: [
      of === 'requests'
        ? 'Times are service times, from the sending: a JTL does not say when a request was due, so waiting to be sent is not in them.'
        : 'Figures are of the means of each second: Locust keeps no single request, so the slowest requests cannot be told from these. A second in which a request failed has no figure, since Locust averages over failures, too.',
    ],
  };
}

export function tables({ endpoints, of }: Summary): readonly SummaryTable[] {
  const ms = (value: number | undefined): string => (value === undefined ? '–' : value.toFixed(1));
  const interval = (result: IntervalResult): string =>
    result.kind === 'interval'
      ? `${ms(result.low)} to ${ms(result.high)}`
      : `too few (needs ${result.needed})`;
  return [
    {
      id: 'endpoints',
      title: 'Endpoints',
      note: `Times in ms, of ${of === 'requests' ? 'requests' : 'the means of each second'} that succeeded; percentiles R-7, intervals 95 %, order statistics.`,
      columns: [
        ...['endpoint', 'requests', 'failed', 'requests/s', 'mean', 'median', 'interval'],
        ...['p95', 'p99', 'interval of p99', 'max', 'over time'],
      ],
      rows: endpoints.map(({ endpoint, requests, failures, requestsPerS, spread, median, p99, steady }) => [
        ...[endpoint, `${requests}`, `${failures}`, requestsPerS.toFixed(2)],
        ...[ms(spread?.mean), ms(spread?.median), interval(median)],
        ...[ms(spread?.p95), ms(spread?.p99), interval(p99), ms(spread?.max), steady],
      ]),
    },
  ];
}
