import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { LoadError } from '../errors.ts';
import { exceptionsColumns, failuresColumns, historyColumns, percentiles, statsColumns } from './columns.ts';
import type { LocustFailure } from './failures.ts';
import type { LoadPoint } from './history.ts';

const number = z
  .string()
  .regex(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/, 'expected a number')
  .transform(Number);
const numberOrNone = z.union([z.literal('N/A').transform(() => null), number]);

/** Checks the header (`optional` columns may follow the ones we know) and gives the rows by column. */
function rowsOf(
  text: string,
  file: string,
  columns: readonly string[],
  optional: readonly string[] = [],
): Record<string, string>[] {
  let records: string[][];
  try {
    records = parse(text, { bom: true });
  } catch (error) {
    throw new LoadError(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const header = records[0] ?? [];
  const expected = columns.join();
  if (header.join() !== expected && header.join() !== [...columns, ...optional].join()) {
    throw new LoadError(
      `${file}: the first line is not that of Locust's file, expected '${expected}', got '${header.join()}'. Name one of the files of locust --csv; other percentiles than Locust's own are not read.`,
    );
  }
  return records
    .slice(1)
    .map((cells) => Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])));
}

function check<Row>(schema: z.ZodType<Row>, cells: unknown, file: string, index: number): Row {
  const row = schema.safeParse(cells);
  if (row.success) return row.data;
  const faults = row.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new LoadError(`${file}: row ${index + 2}: ${faults.join('; ')}.`, { cause: row.error });
}

const percentileShape = Object.fromEntries(percentiles.map(([column]) => [column, numberOrNone]));
const percentilesSchema = z.object(percentileShape);

function percentilesOf(cells: unknown, file: string, index: number): number[] | null {
  const row = check(percentilesSchema, cells, file, index);
  const values = percentiles.map(([column]) => row[column] ?? null);
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

const historySchema = z.object({
  Timestamp: number,
  'User Count': number,
  Type: z.string(),
  Name: z.string(),
  'Requests/s': number,
  'Failures/s': number,
  'Total Request Count': number,
  'Total Failure Count': number,
  'Total Median Response Time': number,
  'Total Average Response Time': number,
  'Total Min Response Time': number,
  'Total Max Response Time': number,
  'Total Average Content Size': number,
});

/** Reads PREFIX_stats_history.csv of Locust 2 (or ours). Locust's own may lack what ended in its last second. */
export function readLocustHistory(text: string, file: string): LoadPoint[] {
  return rowsOf(text, file, historyColumns).map((cells, index) => {
    const row = check(historySchema, cells, file, index);
    return {
      timestampS: row.Timestamp,
      userCount: row['User Count'],
      method: row.Type,
      name: row.Name,
      requestsPerSecond: row['Requests/s'],
      failuresPerSecond: row['Failures/s'],
      percentilesMs: percentilesOf(cells, file, index),
      totalRequests: row['Total Request Count'],
      totalFailures: row['Total Failure Count'],
      totalMedianMs: row['Total Median Response Time'],
      totalAverageMs: row['Total Average Response Time'],
      totalMinMs: row['Total Min Response Time'],
      totalMaxMs: row['Total Max Response Time'],
      totalAverageBytes: row['Total Average Content Size'],
    };
  });
}

const statsSchema = z.object({
  Type: z.string(),
  Name: z.string(),
  'Request Count': number,
  'Failure Count': number,
  'Median Response Time': number,
  'Average Response Time': number,
  'Min Response Time': number,
  'Max Response Time': number,
  'Average Content Size': number,
  'Requests/s': number,
  'Failures/s': number,
});

/** One endpoint of a whole run, or all of them (`Aggregated`, method empty). */
export interface LocustStats {
  readonly method: string;
  readonly name: string;
  readonly requests: number;
  readonly failures: number;
  readonly medianMs: number;
  readonly averageMs: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly averageBytes: number;
  readonly requestsPerSecond: number;
  readonly failuresPerSecond: number;
  readonly percentilesMs: readonly number[] | null;
}

/** Reads PREFIX_stats.csv. */
export function readLocustStats(text: string, file: string): LocustStats[] {
  return rowsOf(text, file, statsColumns).map((cells, index) => {
    const row = check(statsSchema, cells, file, index);
    return {
      method: row.Type,
      name: row.Name,
      requests: row['Request Count'],
      failures: row['Failure Count'],
      medianMs: row['Median Response Time'],
      averageMs: row['Average Response Time'],
      minMs: row['Min Response Time'],
      maxMs: row['Max Response Time'],
      averageBytes: row['Average Content Size'],
      requestsPerSecond: row['Requests/s'],
      failuresPerSecond: row['Failures/s'],
      percentilesMs: percentilesOf(cells, file, index),
    };
  });
}

const failureSchema = z.object({
  Method: z.string(),
  Name: z.string(),
  Error: z.string(),
  Occurrences: number,
});

/** Reads PREFIX_failures.csv, with or without the newer First Seen and Last Seen. */
export function readLocustFailures(text: string, file: string): LocustFailure[] {
  return rowsOf(text, file, failuresColumns, ['First Seen', 'Last Seen']).map((cells, index) => {
    const row = check(failureSchema, cells, file, index);
    return { method: row.Method, name: row.Name, error: row.Error, occurrences: row.Occurrences };
  });
}

export interface LocustException {
  readonly count: number;
  readonly message: string;
  /** Several lines. */
  readonly traceback: string;
  readonly nodes: string;
}

const exceptionSchema = z.object({
  Count: number,
  Message: z.string(),
  Traceback: z.string(),
  Nodes: z.string(),
});

/** Reads PREFIX_exceptions.csv. */
export function readLocustExceptions(text: string, file: string): LocustException[] {
  return rowsOf(text, file, exceptionsColumns).map((cells, index) => {
    const row = check(exceptionSchema, cells, file, index);
    return { count: row.Count, message: row.Message, traceback: row.Traceback, nodes: row.Nodes };
  });
}
