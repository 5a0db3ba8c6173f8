import type { Json } from '../json.ts';
import { matchesWildcard } from './string-match.ts';
import { parseTimestamp } from './timestamp.ts';

/** What a comparison's right side must be in the definition. A Path variant takes any value at run time: another type is no match. */
export type OperandType = 'string' | 'number' | 'boolean' | 'timestamp';

interface ComparisonOperator {
  readonly operand: OperandType;
  /** False, never a fault, for values of another type than the operator's. */
  readonly matches: (value: Json, operand: Json) => boolean;
}

function ordered(
  operand: OperandType,
  rankOf: (value: Json) => number | string | undefined,
): ReadonlyArray<readonly [string, ComparisonOperator]> {
  const when = (test: (left: number | string, right: number | string) => boolean): ComparisonOperator => ({
    operand,
    matches: (value, other) => {
      const [left, right] = [rankOf(value), rankOf(other)];
      return left !== undefined && right !== undefined && test(left, right);
    },
  });
  return [
    ['Equals', when((left, right) => left === right)],
    ['LessThan', when((left, right) => left < right)],
    ['GreaterThan', when((left, right) => left > right)],
    ['LessThanEquals', when((left, right) => left <= right)],
    ['GreaterThanEquals', when((left, right) => left >= right)],
  ];
}

const stringOf = (value: Json) => (typeof value === 'string' ? value : undefined);
const numberOf = (value: Json) => (typeof value === 'number' ? value : undefined);
const timeOf = (value: Json) => (typeof value === 'string' ? parseTimestamp(value) : undefined);

const named = (prefix: string, operators: ReadonlyArray<readonly [string, ComparisonOperator]>) =>
  operators.map(([name, operator]) => [prefix + name, operator] as const);

/** Every comparison of the language; all but StringMatches exist with Path at the end too. */
export const comparisonOperators: ReadonlyMap<string, ComparisonOperator> = new Map([
  // Compared by UTF-16 code units, as Java's compareTo does.
  ...named('String', ordered('string', stringOf)),
  ...named('Numeric', ordered('number', numberOf)),
  ...named('Timestamp', ordered('timestamp', timeOf)),
  [
    'BooleanEquals',
    { operand: 'boolean', matches: (value, operand) => typeof value === 'boolean' && value === operand },
  ],
  [
    'StringMatches',
    {
      operand: 'string',
      matches: (value, pattern) =>
        typeof value === 'string' && typeof pattern === 'string' && matchesWildcard(value, pattern),
    },
  ],
]);

/** The type tests; `true` asks for the type, `false` for anything else. IsPresent stands apart: it alone may ask for what is missing. */
export const typeTests: ReadonlyMap<string, (value: Json) => boolean> = new Map<
  string,
  (value: Json) => boolean
>([
  ['IsNull', (value) => value === null],
  ['IsNumeric', (value) => typeof value === 'number'],
  ['IsString', (value) => typeof value === 'string'],
  ['IsBoolean', (value) => typeof value === 'boolean'],
  ['IsTimestamp', (value) => timeOf(value) !== undefined],
]);

export function isOperand(value: unknown, type: OperandType): value is string | number | boolean {
  return type === 'timestamp'
    ? typeof value === 'string' && parseTimestamp(value) !== undefined
    : typeof value === type;
}
