import { stringify } from 'csv-stringify/sync';
import { isSent, type LoadSample } from '../sample.ts';
import {
  exceptionsColumns,
  failuresColumns,
  historyColumns,
  percentileShares,
  percentiles,
  statsColumns,
} from './columns.ts';
import { failuresOf, type LocustFailure } from './failures.ts';
import { type HistoryOptions, historyOf, type LoadPoint } from './history.ts';
import { type StatsLine, statsLines } from './stats.ts';

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
    stats: toCsv([statsColumns, ...statsLines(sent, options.timesFrom).map(statsCells)]),
    statsHistory: toCsv([historyColumns, ...historyOf(sent, options).map(historyCells)]),
    failures: toCsv([failuresColumns, ...failuresOf(sent).map(failureCells)]),
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

function statsCells({ method, name, tally }: StatsLine): string[] {
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
    float(tally.requestsPerSecond),
    float(tally.failuresPerSecond),
    ...percentileCells(tally.requests === 0 ? null : tally.percentilesMs(percentileShares)),
  ];
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

function failureCells({ method, name, error, occurrences }: LocustFailure): string[] {
  return [method, name, error, String(occurrences)];
}
