import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@skyground/experiment';
import { isSent, LoadError, type LoadPoint, readJtl, readLocustHistory } from '@skyground/load';
import { messageOf } from '../errors.ts';
import { fromWhereThePersonStood, repositoryRoot } from '../paths.ts';
import { shippedRecording } from './parameters.ts';
import type { Sample } from './sample.ts';

/** Every line of a run is in its manifest. */
const mostSamples = 200_000;

/** The samples of a file that JMeter or Locust wrote; UsageError for one that cannot be read as either. */
export async function readRecording(file: string): Promise<readonly Sample[]> {
  const path = file === shippedRecording ? join(repositoryRoot, file) : fromWhereThePersonStood(file);
  const samples = await read(path).catch((cause: unknown) => {
    const why =
      cause instanceof LoadError ? cause.message : `${path} could not be read: ${messageOf(cause)}.`;
    throw new UsageError(`expected a JTL or a PREFIX_stats_history.csv for --file. ${why}`, { cause });
  });
  if (samples.length > 0 && samples.length <= mostSamples) return samples;
  throw new UsageError(
    `expected 1 to ${mostSamples} requests or seconds in ${path}, got ${samples.length}. Name another file, or cut this one.`,
  );
}

async function read(path: string): Promise<readonly Sample[]> {
  const text = await readFile(path, 'utf8');
  const content = text.replace(/^\uFEFF/, '');
  if (content.startsWith('Timestamp,User Count,')) return secondsOf(readLocustHistory(text, path));
  if (content.startsWith('Type,Name,Request Count,')) {
    throw new LoadError(
      `${path} is a PREFIX_stats.csv, which has the totals of the whole run and no samples: name the PREFIX_stats_history.csv beside it.`,
    );
  }
  return requestsOf(text, path);
}

function requestsOf(text: string, path: string): readonly Sample[] {
  const seen = new Map<string, number>();
  return readJtl(text, path)
    .filter(isSent)
    .map(({ name, sentAtMs, endedAtMs, status, error }) => {
      const place = (seen.get(name) ?? 0) + 1;
      seen.set(name, place);
      return {
        endpoint: name,
        unit: `request#${place}`,
        startedAtMs: sentAtMs,
        endedAtMs,
        durationMs: status === 'ok' ? endedAtMs - sentAtMs : null,
        requests: 1,
        failures: status === 'ok' ? 0 : 1,
        error,
      };
    });
}

/**
 * What ended in each second, from the differences of Locust's running totals: its percentiles are of windows that overlap, or
 * of the whole run, and so are no samples. Endpoints where the file has them, everything together where it has not.
 */
function secondsOf(points: readonly LoadPoint[]): readonly Sample[] {
  const nameOf = ({ method, name }: LoadPoint): string => `${method} ${name}`.trim();
  const named = Map.groupBy(points, nameOf);
  if (named.size > 1) named.delete('Aggregated');
  return [...named]
    .flatMap(([endpoint, ofEndpoint]) =>
      ofEndpoint.flatMap((point, index) => secondOf(endpoint, point, ofEndpoint[index - 1])),
    )
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs);
}

function secondOf(endpoint: string, point: LoadPoint, before: LoadPoint | undefined): Sample[] {
  // --reset-stats begins the totals anew when all users are there.
  const from = before === undefined || before.totalRequests > point.totalRequests ? undefined : before;
  const requests = point.totalRequests - (from?.totalRequests ?? 0);
  if (requests === 0) return [];
  const sumMs = (at: LoadPoint | undefined): number => (at?.totalRequests ?? 0) * (at?.totalAverageMs ?? 0);
  const failures = point.totalFailures - (from?.totalFailures ?? 0);
  const endedAtMs = point.timestampS * 1000;
  const meanMs = (sumMs(point) - sumMs(from)) / requests;
  return [
    {
      endpoint,
      unit: `second#${point.timestampS}`,
      // Requests that take longer than a second began before the one in which they ended.
      startedAtMs: endedAtMs - Math.max(1000, meanMs),
      endedAtMs,
      // Locust's averages hold what failed, too: with a failure among them they are no time of successes.
      durationMs: failures > 0 ? null : meanMs,
      requests,
      failures,
      error: null,
    },
  ];
}
