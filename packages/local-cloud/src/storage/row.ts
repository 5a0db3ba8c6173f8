import type { SQLOutputValue } from 'node:sqlite';

/** One row as SQLite gives it; these readers turn its columns into what our own tables promise. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrongType(column, 'text', value);
  return value;
}

export function optionalText(row: Row, column: string): string | undefined {
  return row[column] === null ? undefined : text(row, column);
}

export function integer(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrongType(column, 'an integer', value);
  return value;
}

export function real(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrongType(column, 'a number', value);
  return value;
}

export function optionalInteger(row: Row, column: string): number | undefined {
  return row[column] === null ? undefined : integer(row, column);
}

function wrongType(column: string, expected: string, value: SQLOutputValue | undefined): Error {
  return new TypeError(
    `The state database's column ${column} should hold ${expected}, it holds ${typeof value}.`,
  );
}
