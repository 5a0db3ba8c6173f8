import { MetricsError } from '../errors.ts';
import { type ImageRecord, imageRecordSchema } from '../record.ts';
import { type Column, columnNames, columns } from './columns.ts';
import { toCsv, toSpreadsheetCsv } from './text.ts';

/** Milliseconds with at most three decimals (a microsecond): finer digits are noise of the clock. */
function formatMs(durationMs: number): string {
  return String(Number(durationMs.toFixed(3)));
}

function formatCell(record: ImageRecord, column: Column): string | null {
  const value = record[column.field];
  if (value === null) return null;
  if (typeof value === 'number') return column.kind === 'ms' ? formatMs(value) : String(value);
  return String(value);
}

/** The record's cells in the order of `columns`; null is an empty cell. Refuses a record that breaks the schema. */
export function recordCells(record: ImageRecord): (string | null)[] {
  const checked = imageRecordSchema.safeParse(record);
  if (!checked.success) {
    const faults = checked.error.issues
      .map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      .join('; ');
    throw new MetricsError(
      `The record of image '${String(record.image)}' cannot be written: ${faults}. Mend what measured it; use null for a value that is not known.`,
      { cause: checked.error },
    );
  }
  return columns.map((column) => formatCell(checked.data, column));
}

export const headerLine: string = toCsv([columnNames]);

/** One record as one CSV line with its line end. */
export function recordLine(record: ImageRecord): string {
  return toCsv([recordCells(record)]);
}

/** A whole metrics file as text (UTF-8 without BOM when encoded, LF): what is uploaded as `metrics/lambda_metrics.csv`. */
export function metricsToCsv(records: readonly ImageRecord[]): string {
  return headerLine + toCsv(records.map(recordCells));
}

/** The same table for a spreadsheet (see toSpreadsheetCsv): never read it back. */
export function toExcelCsv(records: readonly ImageRecord[]): string {
  return toSpreadsheetCsv([columnNames, ...records.map(recordCells)]);
}
