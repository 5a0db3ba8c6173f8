import { type Checked, checkValue, type Expression, type Wire } from './dynalite.ts';
import { invalid } from './errors.ts';

type Comparison = (...args: Expression['args']) => Expression;

const operator =
  (type: string): Comparison =>
  (...args) => ({ type, args });
const call =
  (name: string): Comparison =>
  (...args) => ({ type: 'function', name, args });

const COMPARISONS: ReadonlyMap<unknown, Comparison> = new Map([
  ['EQ', operator('=')],
  ['NE', operator('<>')],
  ['LT', operator('<')],
  ['LE', operator('<=')],
  ['GT', operator('>')],
  ['GE', operator('>=')],
  ['IN', operator('in')],
  ['BETWEEN', operator('between')],
  ['NOT_NULL', call('attribute_exists')],
  ['NULL', call('attribute_not_exists')],
  ['BEGINS_WITH', call('begins_with')],
  ['CONTAINS', call('contains')],
  ['NOT_CONTAINS', (...args) => operator('not')(call('contains')(...args))],
]);

/** A condition of the time before expressions, as an expression. */
export function legacyCondition(
  request: Checked,
  member: 'Expected' | 'QueryFilter' | 'ScanFilter',
): Expression | undefined {
  const conditions: Record<string, Wire> | undefined = Object(request)[member];
  if (conditions === undefined) return undefined;
  const parts = Object.entries(conditions).map(([attribute, condition]) => {
    const { ComparisonOperator, AttributeValueList, Exists, Value } = condition;
    const values: readonly Wire[] = [AttributeValueList ?? Value ?? []].flat().map(Object);
    for (const value of values) {
      const message = checkValue(value);
      if (message !== undefined) throw invalid(message);
    }
    const comparison = COMPARISONS.get(ComparisonOperator ?? (Exists === false ? 'NULL' : 'EQ'));
    if (comparison === undefined) throw new Error(`dynalite let ${String(ComparisonOperator)} pass.`);
    return comparison([attribute], ...values);
  });
  return { type: request['ConditionalOperator'] === 'OR' ? 'or' : 'and', args: parts };
}
