import * as z from 'zod';
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

/** And, Or and Not inside each other. */
const MAX_DEPTH = 100;

const rules = z.array(z.unknown()).min(1);
const combination = z.union([
  z.strictObject({ And: rules, Comment: z.string().optional() }),
  z.strictObject({ Or: rules, Comment: z.string().optional() }),
  z.strictObject({ Not: z.unknown().refine((rule) => rule !== undefined), Comment: z.string().optional() }),
]);
const comparison = z.looseObject({ Variable: z.string(), Comment: z.string().optional() });

/** Reads a rule of the definition, without its Next. */
export const choiceRuleSchema: z.ZodType<ChoiceRule> = z
  .unknown()
  .transform((written, context) => readRule(written, context, 0) ?? z.NEVER);

/** Undefined for what is no rule; the issue says why. */
function readRule(written: unknown, context: z.RefinementCtx, depth: number): ChoiceRule | undefined {
  if (depth > MAX_DEPTH) {
    context.addIssue(`expected And, Or and Not at most ${MAX_DEPTH} deep inside each other`);
    return undefined;
  }
  const combined = combination.safeParse(written).data;
  if (combined === undefined) return readComparison(written, context);
  const readAll = (parts: readonly unknown[]) => {
    const read = parts.map((part) => readRule(part, context, depth + 1));
    return read.every((rule) => rule !== undefined) ? read : undefined;
  };
  if ('Not' in combined) {
    const rule = readRule(combined.Not, context, depth + 1);
    return rule && { kind: 'not', rule };
  }
  const kind = 'And' in combined ? 'and' : 'or';
  const read = readAll('And' in combined ? combined.And : combined.Or);
  return read && { kind, rules: read };
}

function readComparison(written: unknown, context: z.RefinementCtx): ChoiceRule | undefined {
  const parsed = comparison.safeParse(written);
  const { Variable: variable = '', Comment: _comment, ...operators } = parsed.data ?? {};
  const [[operator, value] = ['', undefined], ...others] = Object.entries(operators);
  const operand = others.length === 0 ? readOperand(operator, value) : undefined;
  if (parsed.success && operand !== undefined) return { kind: 'comparison', variable, operator, operand };
  context.addIssue(
    `expected Variable and one comparison operator with a value of its type, or one of And, Or and Not with rules, got ${JSON.stringify(written)}`,
  );
  return undefined;
}

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
  if (value !== undefined) {
    scope.guard?.(value);
    return value;
  }
  throw new RuntimeFault(
    `Invalid path '${path}': The choice state's condition path references an invalid value.`,
  );
}
