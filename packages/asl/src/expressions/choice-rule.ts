import { z } from 'zod';
import { RuntimeFault } from '../errors.ts';
import type { Json } from '../json.ts';
import { comparisonOperators, isOperand, typeTests } from './choice-operators.ts';
import { findPath } from './json-path.ts';
import type { PathScope } from './scope.ts';

/**
 * What a JSONPath choice asks: one comparison, or And, Or, Not of others. Next, Assign, Output and Comment are the Choice state's:
 * its schema takes them off before it hands the rest here.
 */
export type ChoiceRule =
  | { readonly kind: 'and' | 'or'; readonly rules: readonly ChoiceRule[] }
  | { readonly kind: 'not'; readonly rule: ChoiceRule }
  | {
      readonly kind: 'comparison';
      readonly variable: string;
      readonly operator: string;
      readonly operand: Operand;
    };

type Operand = { readonly value: Json } | { readonly path: string };

const nested: z.ZodType<ChoiceRule> = z.lazy(() => choiceRuleSchema);

const comparison = z
  .looseObject({ Variable: z.string(), Comment: z.string().optional() })
  .transform((written, context): ChoiceRule => {
    const { Variable: variable, Comment: _comment, ...operators } = written;
    const [entry, ...others] = Object.entries(operators);
    const operand = entry === undefined || others.length > 0 ? undefined : readOperand(entry[0], entry[1]);
    if (entry !== undefined && operand !== undefined)
      return { kind: 'comparison', variable, operator: entry[0], operand };
    const got = Object.entries(operators).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
    context.addIssue(
      `expected one comparison operator with a value of its type next to Variable, got ${got.join(', ') || 'none'}`,
    );
    return z.NEVER;
  });

/** Reads a rule of the definition, without its Next. */
export const choiceRuleSchema: z.ZodType<ChoiceRule> = z.union([
  z
    .strictObject({ And: z.array(nested).min(1), Comment: z.string().optional() })
    .transform(({ And }) => ({ kind: 'and', rules: And }) as const),
  z
    .strictObject({ Or: z.array(nested).min(1), Comment: z.string().optional() })
    .transform(({ Or }) => ({ kind: 'or', rules: Or }) as const),
  z
    .strictObject({ Not: nested, Comment: z.string().optional() })
    .transform(({ Not }) => ({ kind: 'not', rule: Not }) as const),
  comparison,
]);

function readOperand(operator: string, written: unknown): Operand | undefined {
  if (operator === 'IsPresent' || typeTests.has(operator)) {
    return typeof written === 'boolean' ? { value: written } : undefined;
  }
  const known = comparisonOperators.get(operator);
  if (known !== undefined) return isOperand(written, known.operand) ? { value: written } : undefined;
  return pathVariantOf(operator) !== undefined && typeof written === 'string' ? { path: written } : undefined;
}

/** `NumericLessThan` for `NumericLessThanPath`. */
function pathVariantOf(operator: string): string | undefined {
  const base = operator.endsWith('Path') ? operator.slice(0, -'Path'.length) : '';
  return comparisonOperators.has(base) && base !== 'StringMatches' ? base : undefined;
}

/** Whether the rule holds for the data. A Variable or an operand's path without a value is a fault, except to IsPresent. */
export function matchesRule(rule: ChoiceRule, scope: PathScope): boolean {
  switch (rule.kind) {
    case 'and':
      return rule.rules.every((part) => matchesRule(part, scope));
    case 'or':
      return rule.rules.some((part) => matchesRule(part, scope));
    case 'not':
      return !matchesRule(rule.rule, scope);
    case 'comparison':
      return compares(rule.variable, rule.operator, rule.operand, scope);
  }
}

function compares(variable: string, operator: string, operand: Operand, scope: PathScope): boolean {
  const other = 'path' in operand ? readPresent(operand.path, scope) : operand.value;
  if (operator === 'IsPresent') return (findPath(variable, scope) !== undefined) === other;
  const value = readPresent(variable, scope);
  const typeTest = typeTests.get(operator);
  if (typeTest !== undefined) return typeTest(value) === other;
  const comparison = comparisonOperators.get(pathVariantOf(operator) ?? operator);
  return comparison?.matches(value, other) ?? false;
}

function readPresent(path: string, scope: PathScope): Json {
  const value = findPath(path, scope);
  if (value !== undefined) return value;
  throw new RuntimeFault(
    `Invalid path '${path}': The choice state's condition path references an invalid value.`,
  );
}
