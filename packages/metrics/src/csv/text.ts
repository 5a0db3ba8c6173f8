import { stringify } from 'csv-stringify/sync';

/** A row as the text of its cells; null is a cell without a value. */
export type CsvRow = readonly (string | null)[];

/**
 * Rows of cells as CSV text: commas, LF, every row ended. An empty cell is null; a quoted empty cell is the empty
 * string, so that both survive a round trip.
 */
export function toCsv(rows: readonly CsvRow[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { record_delimiter: '\n', quote_record_delimiter: true, quoted_match: /^$/ },
  );
}

/**
 * The same table for a spreadsheet: BOM, CRLF, and a `'` before text that a spreadsheet would run as a formula
 * (beginning with = + - @ tab or CR; names come from strangers). It changes data: never read it back.
 */
export function toSpreadsheetCsv(rows: readonly CsvRow[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: '\r\n', quote_record_delimiter: true, escape_formulas: true },
  );
}
