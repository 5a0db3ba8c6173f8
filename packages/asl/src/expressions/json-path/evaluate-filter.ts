import type { Json } from '../../json.ts';
import { jsonEqual } from '../json-equal.ts';
import type { Condition, Operand } from './parse-filter.ts';
import type { Path } from './parse-path.ts';

type Comparison = (left: Json | undefined, right: Json | undefined) => boolean;

/** Jayway's operators. A path without a value equals nothing, not even null. */
const comparisons: ReadonlyMap<string, Comparison> = new Map<string, Comparison>([
  ['==', looselyEqual],
  ['!=', (left, right) => !looselyEqual(left, right)],
  ['===', strictlyEqual],
  ['!==', (left, right) => !strictlyEqual(left, right)],
  ['<', (left, right) => order(left, right) < 0],
  ['<=', (left, right) => order(left, right) <= 0],
  ['>', (left, right) => order(left, right) > 0],
  ['>=', (left, right) => order(left, right) >= 0],
  ['in', isIn],
  ['nin', (left, right) => !isIn(left, right)],
  ['subsetof', (left, right) => Array.isArray(left) && left.every((item: Json) => isIn(item, right))],
  ['anyof', (left, right) => Array.isArray(left) && left.some((item: Json) => isIn(item, right))],
  ['noneof', (left, right) => Array.isArray(left) && !left.some((item: Json) => isIn(item, right))],
  ['contains', contains],
  ['size', (left, right) => (Array.isArray(left) || typeof left === 'string') && left.length === right],
  [
    'empty',
    (left, right) => (Array.isArray(left) || typeof left === 'string') && (left.length === 0) === right,
  ],
]);

type Read = (path: Path) => Json | undefined;

/** Whether the condition holds where `read` gives the values of its paths. */
export function holds(condition: Condition, read: Read): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((part) => holds(part, read));
    case 'or':
      return condition.conditions.some((part) => holds(part, read));
    case 'not':
      return !holds(condition.condition, read);
    case 'exists':
      return read(condition.path) !== undefined;
    case 'compare': {
      const compare = comparisons.get(condition.operator);
      return compare?.(operandValue(condition.left, read), operandValue(condition.right, read)) ?? false;
    }
  }
}

function operandValue(operand: Operand, read: Read): Json | undefined {
  return 'path' in operand ? read(operand.path) : operand.value;
}

function strictlyEqual(left: Json | undefined, right: Json | undefined): boolean {
  return left !== undefined && right !== undefined && jsonEqual(left, right);
}

/** A number equals a string that spells it, as in Jayway. */
function looselyEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'number' && typeof right === 'string')
    return right.trim() !== '' && left === Number(right);
  if (typeof left === 'string' && typeof right === 'number') return looselyEqual(right, left);
  return strictlyEqual(left, right);
}

/** NaN, which is less, equal and greater never, unless both are numbers or both strings. */
function order(left: Json | undefined, right: Json | undefined): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string')
    return left === right ? 0 : left < right ? -1 : 1;
  return Number.NaN;
}

function isIn(left: Json | undefined, right: Json | undefined): boolean {
  return Array.isArray(right) && right.some((item: Json) => looselyEqual(left, item));
}

function contains(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'string') return typeof right === 'string' && left.includes(right);
  return isIn(right, left);
}
