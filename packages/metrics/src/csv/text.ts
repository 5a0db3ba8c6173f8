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

/** Plain and full-width characters that begin a formula in some spreadsheet; tab and CR are skipped over by some. */
const formulaStart = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/**
 * The same table for a spreadsheet: BOM, CRLF, and a `'` before text that a spreadsheet would run as a formula (names come
 * from strangers). Numbers are given as such, so that a negative one stays one. It changes data: never read it back.
 */
export function toSpreadsheetCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify(
    rows.map((row) => row.map(harmless)),
    { bom: true, record_delimiter: '\r\n', quote_record_delimiter: true },
  );
}

function harmless(cell: string | number | null): string | number | null {
  return typeof cell === 'string' && formulaStart.test(cell) ? `'${cell}` : cell;
}
