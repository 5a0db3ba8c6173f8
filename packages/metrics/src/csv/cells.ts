import type { ImageRecord } from '../record.ts';
import type { Column } from './columns.ts';

const decimalNumber = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const isoTimestamp = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * The value a cell spells, or the text itself where it spells none of the column's kind: the schema then refuses it, so
 * that one place decides what is valid. null is an empty cell.
 */
export function parseCell(cell: string | null, column: Column): unknown {
  if (cell === null) return null;
  switch (column.kind) {
    case 'text':
      return cell;
    case 'timestamp':
      return parseTimestamp(cell);
    case 'count':
    case 'ms':
      return decimalNumber.test(cell) ? Number(cell) : cell;
    case 'boolean':
      return parseBoolean(cell);
  }
}

/** What the schema wants in this column, for a message. */
export function expectationOf(column: Column): string {
  const expectations = {
    text: column.field === 'source' ? 'cloud or on_prem' : column.field === 'status' ? 'ok or error' : 'text',
    timestamp: 'a time such as 2026-11-20T15:24:17.163Z',
    count: 'a whole number such as 204800',
    ms: 'milliseconds with a decimal point such as 12.345',
    boolean: 'true or false',
  } as const;
  return expectations[column.kind];
}

/** True where a timestamp names no zone: it is then read as UTC, which is a guess to report. */
export function lacksZone(cell: string): boolean {
  const match = isoTimestamp.exec(cell);
  return match !== null && match[4] === undefined;
}

function parseTimestamp(cell: string): ImageRecord['timestamp'] {
  const match = isoTimestamp.exec(cell);
  if (match === null) return cell;
  const [, day, time, fraction = '', zone = 'Z'] = match;
  const date = new Date(`${day}T${time}${fraction.slice(0, 4)}${zone}`);
  return Number.isNaN(date.getTime()) ? cell : date.toISOString();
}

/** A spreadsheet writes TRUE and FALSE. 1, 0 and empty are refused or null: csv writers disagree about them. */
function parseBoolean(cell: string): unknown {
  const lower = cell.toLowerCase();
  if (lower === 'true') return true;
  return lower === 'false' ? false : cell;
}
