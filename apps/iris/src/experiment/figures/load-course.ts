import type { LoadSample } from '@skyground/load';
import { summarise } from '@skyground/statistics';
import { loadSample, type Sample } from '../sample.ts';

/** What became of the load over its time. */
export interface LoadCourse {
  readonly requests: number;
  readonly failed: number;
  readonly cold: number;
  readonly spanS: number;
  readonly requestsPerS: number;
  /** How many of these were sent before all users had begun. */
  readonly coldInRampUp: number;
  readonly p95Ms: number | null;
  /** Of the slowest twentieth, how many started cold. */
  readonly slowest: number;
  readonly coldAmongSlowest: number;
  /** Mean requests under way: rate times mean response time, by Little's law. */
  readonly meanInFlight: number | null;
  /** What the law says of users who answer and think: users over think time plus response time. */
  readonly expectedPerS: number | null;
}

/** Rows of the load that went to its end; of one that a kill cut, its parts have no whole. */
export function wholeLoadOf(samples: readonly Sample[]): readonly Sample[] {
  const attempts = Map.groupBy(
    samples.filter(({ phase }) => phase === 'load'),
    ({ unit }) => unit.replace(/#\d+$/, ''),
  );
  return [...attempts.values()].find((rows) => rows.length === rows[0]?.parts) ?? [];
}

/** Its requests, for what Locust would have written of them. */
export function sentInLoad(samples: readonly Sample[]): readonly LoadSample[] {
  return wholeLoadOf(samples).flatMap((sample, sequence) => {
    const request = loadSample(sample);
    return request === null ? [] : [{ ...request, sequence }];
  });
}

export function loadCourseOf(
  samples: readonly Sample[],
  { users, thinkMs }: { readonly users: number; readonly thinkMs: number },
): LoadCourse {
  const rows = wholeLoadOf(samples);
  const startMs = Math.min(...rows.map(({ startedAtMs }) => startedAtMs));
  const endMs = Math.max(...rows.map(({ endedAtMs }) => endedAtMs));
  const spanS = rows.length === 0 ? 0 : (endMs - startMs) / 1000;
  const cold = rows.filter(({ start }) => start === 'cold');
  const times = rows.flatMap(({ responseMs }) => responseMs ?? []);
  const figures = summarise(times);
  const slowest = rows
    .filter(({ responseMs }) => responseMs !== null)
    .toSorted((a, b) => (b.responseMs ?? 0) - (a.responseMs ?? 0))
    .slice(0, Math.ceil(times.length / 20));
  const requestsPerS = spanS === 0 ? 0 : rows.length / spanS;
  return {
    requests: rows.length,
    failed: rows.filter(({ outcome }) => outcome === 'failed').length,
    cold: cold.length,
    spanS,
    requestsPerS,
    coldInRampUp: cold.filter((row) => (row.users ?? users) < users).length,
    p95Ms: figures.kind === 'summary' ? figures.p95 : null,
    slowest: slowest.length,
    coldAmongSlowest: slowest.filter(({ start }) => start === 'cold').length,
    meanInFlight: figures.kind === 'summary' ? (requestsPerS * figures.mean) / 1000 : null,
    expectedPerS: figures.kind === 'summary' ? users / ((thinkMs + figures.mean) / 1000) : null,
  };
}
