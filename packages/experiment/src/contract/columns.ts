import type { z } from 'zod';
import { UsageError } from '../errors.ts';
import { refuseLoose } from './parameters.ts';

/** How a member of a sample is spelt in a cell: numbers with all their digits, true or false, text in one line; null is an empty cell. */
export interface SampleColumn {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'boolean';
}

/** The CSV columns of a sample, in the order of its keys. Throws UsageError for a member that no cell can hold. */
export function columnsOf(schema: z.ZodObject): readonly SampleColumn[] {
  refuseLoose(schema, 'sample');
  const columns = Object.entries(schema.shape).map(([name, member]) => ({
    name,
    kind: kindOf(name, member),
  }));
  if (columns.length === 0) throw new UsageError('expected a sample with at least one member.');
  return columns;
}

function kindOf(name: string, member: z.core.$ZodType): SampleColumn['kind'] {
  const { def } = (member as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'nullable':
      return kindOf(name, def.innerType);
    case 'number':
    case 'boolean':
      return def.type;
    case 'string':
    case 'enum':
      return 'text';
    default:
      throw new UsageError(
        `Sample member ${name}: expected text, a number, a boolean, an enum or null, which fit a cell; got ${def.type}.`,
      );
  }
}
