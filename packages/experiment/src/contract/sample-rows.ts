import type { CsvRow } from '@skyground/metrics';
import { z } from 'zod';
import type { SampleColumn } from './columns.ts';

const decimalNumber = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;

/** A sample as its cells, or what is wrong with it. */
export function toCells(
  sample: object,
  schema: z.ZodObject,
  columns: readonly SampleColumn[],
): CsvRow | { readonly fault: string; readonly cause: unknown } {
  const checked = schema.safeParse(sample);
  if (!checked.success) return { fault: z.prettifyError(checked.error), cause: checked.error };
  const values: Readonly<Record<string, unknown>> = checked.data;
  return columns.map(({ name }) => cellOf(values[name]));
}

/** Line ends become spaces: a row is one line, so that a torn one can be told from a whole one at any byte. */
function cellOf(value: unknown): string | null {
  if (value === null) return null;
  return typeof value === 'string' ? value.replaceAll(/[\r\n]+/g, ' ') : JSON.stringify(value);
}

/** What the cells spell; a cell that spells nothing of its kind stays text, which the schema then refuses. */
export function fromCells(
  cells: CsvRow,
  columns: readonly SampleColumn[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    columns.map(({ name, kind }, index) => [name, spelt(cells[index] ?? null, kind)]),
  );
}

function spelt(cell: string | null, kind: SampleColumn['kind']): unknown {
  if (cell === null || kind === 'text') return cell;
  if (kind === 'number') return decimalNumber.test(cell) ? Number(cell) : cell;
  return cell === 'true' ? true : cell === 'false' ? false : cell;
}
