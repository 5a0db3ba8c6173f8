import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { MetricsError } from '../errors.ts';
import { type MetricsSource, sourceName, wholeRecords } from './source.ts';
import type { CsvRow } from './text.ts';

interface ParsedRow {
  readonly record: CsvRow;
  readonly info: { readonly lines: number };
}

/**
 * Streams the rows of a CSV, the header first, whatever its columns: LF or CRLF, with or without BOM, an empty cell as
 * null. A last line without its end is given to `onTornLine` instead. MetricsError where the text is no CSV.
 */
export async function* readCsv(
  source: MetricsSource,
  onTornLine: (tail: { readonly line: number; readonly text: string }) => void,
): AsyncGenerator<{ readonly cells: CsvRow /** 1-based. */; readonly line: number }, void, undefined> {
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    skip_empty_lines: true,
    // Widths are for the reader of the rows to check, so that its message can say what to do.
    relax_column_count: true,
    info: true,
    cast: (cell, context) => (cell === '' && !context.quoting ? null : cell),
  });
  // The callback only keeps a failure from being unhandled: the loop below receives the same error.
  pipeline(Readable.from(wholeRecords(source, onTornLine)), parser, () => undefined);
  try {
    for await (const row of parser as AsyncIterable<ParsedRow>) {
      yield { cells: row.record, line: firstLineOf(row) };
    }
  } catch (error) {
    throw error instanceof CsvError ? damaged(sourceName(source), error) : error;
  }
}

/** csv-parse counts lines up to the end of a row; a quoted cell may hold line ends of its own. */
function firstLineOf({ record, info }: ParsedRow): number {
  const lineEndsInCells = record.reduce((sum, cell) => sum + (cell?.match(/\n/g)?.length ?? 0), 0);
  return info.lines - lineEndsInCells;
}

function damaged(file: string, error: CsvError): MetricsError {
  const line = typeof error['lines'] === 'number' ? error['lines'] : undefined;
  return new MetricsError(
    `${file}${line === undefined ? '' : `, line ${line}`}: not valid CSV (${error.message}). Mend the quotes or remove the row.`,
    { file, ...(line === undefined ? {} : { line }), cause: error },
  );
}
