import { MetricsError } from '../errors.ts';
import { type Column, columnNames, columns } from './columns.ts';

/** Where each of our columns stands in a file; undefined where the file lacks it. */
export interface HeaderMap {
  readonly width: number;
  readonly positions: readonly { readonly column: Column; readonly index: number | undefined }[];
  readonly missing: readonly string[];
  readonly unknown: readonly string[];
}

/** Maps columns by name, in any order. Refuses a header that is not one of a metrics file or names a column twice. */
export function readHeader(cells: readonly string[], file: string): HeaderMap {
  const where = { file, line: 1 };
  if (cells.length === 1 && cells[0]?.includes(';')) {
    throw new MetricsError(
      `${file}: the columns are separated by semicolons, expected commas. A spreadsheet saved it in a local format: save it again with commas and decimal points.`,
      where,
    );
  }
  const repeated = cells.filter((name, index) => cells.indexOf(name) !== index);
  if (repeated.length > 0) {
    throw new MetricsError(
      `${file}: the header names ${repeated.map((name) => `'${name}'`).join(', ')} more than once, so which column counts is unknown. Remove or rename the extra one.`,
      where,
    );
  }
  const missing = columnNames.filter((name) => !cells.includes(name));
  const missingOriginal = columns.filter((column) => column.original && missing.includes(column.name));
  if (missingOriginal.length > 0) {
    throw new MetricsError(
      `${file} is not a metrics file: its header lacks ${missingOriginal.map((column) => column.name).join(', ')}. Found: ${cells.join(', ')}.`,
      where,
    );
  }
  return {
    width: cells.length,
    positions: columns.map((column) => {
      const index = cells.indexOf(column.name);
      return { column, index: index === -1 ? undefined : index };
    }),
    missing,
    unknown: cells.filter((name) => !columnNames.includes(name)),
  };
}
