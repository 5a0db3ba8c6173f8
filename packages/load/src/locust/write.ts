import { stringify } from 'csv-stringify/sync';
import { isSent, type LoadSample, type SentSample } from '../sample.ts';
import { exceptionsColumns, failuresColumns, historyColumns, percentiles, statsColumns } from './columns.ts';
import { type HistoryOptions, historyOf, type LoadPoint } from './history.ts';
import { endpointsOf, Tally, type TimesFrom } from './tally.ts';

/** The contents of the four files that `locust --csv PREFIX` leaves. */
export interface LocustFiles {
  readonly stats: string;
  readonly statsHistory: string;
  readonly failures: string;
  /** Header only: an exception in our sender ends the load, and is no row. */
  readonly exceptions: string;
}

/**
 * A load in Locust's files, column by column and with its line ends. Dropped requests are in none of them, since Locust
 * knows no request that was due and not sent: say their number beside them.
 */
export function samplesToLocust(samples: readonly LoadSample[], options: HistoryOptions): LocustFiles {
  const sent = samples.filter(isSent);
  return {
    stats: toCsv([statsColumns, ...statsRows(sent, options.timesFrom)]),
    statsHistory: toCsv([historyColumns, ...historyOf(sent, options).map(historyCells)]),
    failures: toCsv([failuresColumns, ...failureRows(sent)]),
    exceptions: toCsv([exceptionsColumns]),
  };
}

function toCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: '\r\n', quoted_match: /[\r\n]/ },
  );
}

/** A number as Python writes a float: with a point, so that a reader takes the whole column for floats. */
function float(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

function statsRows(sent: readonly SentSample[], timesFrom: TimesFrom): string[][] {
  const endpoints = [...endpointsOf(sent), { method: '', name: 'Aggregated' }];
  return endpoints.map(({ method, name }) => {
    const isTotal = method === '' && name === 'Aggregated';
    const tally = new Tally(timesFrom);
    for (const sample of sent) {
      if (isTotal || (sample.method === method && sample.name === name)) tally.add(sample);
    }
    const durationS = tally.durationMs / 1000;
    const rate = (count: number): string => float(durationS > 0 ? count / durationS : 0);
    return [
      method,
      name,
      String(tally.requests),
      String(tally.failures),
      String(tally.medianMs),
      float(tally.averageMs),
      float(tally.requests === 0 ? 0 : tally.minMs),
      float(tally.maxMs),
      float(tally.averageBytes),
      rate(tally.requests),
      rate(tally.failures),
      ...percentileCells(tally.requests === 0 ? null : tally.percentilesMs()),
    ];
  });
}

function percentileCells(valuesMs: readonly number[] | null): string[] {
  return percentiles.map((_, index) => (valuesMs === null ? 'N/A' : String(valuesMs[index] ?? 0)));
}

function historyCells(point: LoadPoint): string[] {
  return [
    String(point.timestampS),
    String(point.userCount),
    point.method,
    point.name,
    point.requestsPerSecond.toFixed(6),
    point.failuresPerSecond.toFixed(6),
    ...percentileCells(point.percentilesMs),
    String(point.totalRequests),
    String(point.totalFailures),
    String(point.totalMedianMs),
    float(point.totalAverageMs),
    float(point.totalMinMs),
    float(point.totalMaxMs),
    float(point.totalAverageBytes),
  ];
}

function failureRows(sent: readonly SentSample[]): string[][] {
  const counts = new Map<string, { readonly cells: readonly string[]; occurrences: number }>();
  for (const { status, method, name, error } of sent) {
    if (status !== 'failed') continue;
    const cells = [method, name, error ?? ''];
    const key = JSON.stringify(cells);
    const entry = counts.get(key) ?? { cells, occurrences: 0 };
    entry.occurrences += 1;
    counts.set(key, entry);
  }
  return [...counts.values()].map(({ cells, occurrences }) => [...cells, String(occurrences)]);
}
