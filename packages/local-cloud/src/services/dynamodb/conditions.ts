import { compareValues, readValue, type Value } from './compare-values.ts';
import {
  type Checked,
  type Expression,
  isExpression,
  isPath,
  type Operand,
  type Path,
  type Wire,
} from './dynalite.ts';
import { invalid } from './errors.ts';
import { legacyCondition } from './legacy-conditions.ts';

/** What is at a path of the item in question; no object where there is nothing. */
type Resolve = (path: Path) => unknown;

/**
 * The request with its condition or filter decided here. dynalite finds two missing attributes alike but two like lists or
 * maps different, and sees in a list texts, numbers and bytes only; of the older conditions of which one must hold, it looks
 * at the first.
 */
export function withConditions(request: Checked): Wire {
  const legacyExpected = legacyCondition(request, 'Expected');
  const legacyFilter = legacyCondition(request, 'QueryFilter') ?? legacyCondition(request, 'ScanFilter');
  if (request['ConditionalOperator'] !== undefined && (legacyExpected ?? legacyFilter) === undefined) {
    throw invalid('ConditionalOperator cannot be used without Filter or Expected');
  }
  const condition = request._condition?.expression ?? legacyExpected;
  const filter = request._filter?.expression ?? legacyFilter;
  return {
    ...request,
    ...(condition && { _condition: { ...request._condition, expression: decidedHere(condition) } }),
    ...(filter && { _filter: { ...request._filter, expression: decidedHere(filter) } }),
  };
}

const HOLDS: Wire = { BOOL: true };
const HOLDS_NOT: Wire = { BOOL: false };

/** An expression that dynalite decides by comparing its two arguments, which it asks for with a way to look into the item. */
function decidedHere(expression: Expression) {
  const args = {
    map: (resolve: Resolve) => [HOLDS, holds(expression, resolve) ? HOLDS : HOLDS_NOT],
  };
  return { type: '=', args };
}

function holds({ type, name, args }: Expression, resolve: Resolve): boolean {
  const inner = (operand: Operand): boolean => isExpression(operand) && holds(operand, resolve);
  switch (type) {
    case 'and':
      return args.every(inner);
    case 'or':
      return args.some(inner);
    case 'not':
      return !args.some(inner);
    default:
      return compareValues(
        name ?? type,
        args.map((operand) => operandValue(operand, resolve)),
      );
  }
}

/** Of the functions, only size() has a value; the parser refuses the others here. */
function operandValue(operand: Operand, resolve: Resolve): Value | undefined {
  if (!isExpression(operand)) return readValue(isPath(operand) ? resolve(operand) : operand);
  const [of] = operand.args;
  const size = of === undefined ? undefined : sizeOf(operandValue(of, resolve));
  return size === undefined ? undefined : { type: 'N', content: String(size) };
}

function sizeOf(value: Value | undefined): number | undefined {
  switch (value?.type) {
    case 'S':
    case 'SS':
    case 'NS':
    case 'BS':
    case 'L':
      return Object(value.content).length;
    case 'B':
      return Buffer.byteLength(String(value.content), 'base64');
    case 'M':
      return Object.keys(Object(value.content)).length;
    default:
      return undefined;
  }
}
