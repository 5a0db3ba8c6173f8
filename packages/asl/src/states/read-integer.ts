import { RuntimeFault } from '../errors.ts';
import { readPath } from '../expressions/json-path.ts';
import type { PathScope } from '../expressions/scope.ts';
import { plainText } from '../interpreter/json-text.ts';

/** A field like MaxConcurrencyPath: an integer, or a text that is one. */
export function readInteger(field: string, path: string, scope: PathScope): number {
  const value = readPath(path, scope);
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isInteger(number)) return number;
  throw new RuntimeFault(
    `The ${field} field refers to value "${plainText(value)}" which is not a valid integer: ${path}`,
  );
}
