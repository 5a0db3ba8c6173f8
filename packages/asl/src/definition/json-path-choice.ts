import * as z from 'zod';
import { type ChoiceRule, choiceRuleSchema } from '../expressions/choice-rule.ts';
import type { JsonObject } from '../json.ts';
import { assign, path } from './path-fields.ts';

/** One entry of a JSONPath Choice: the comparison, and what holds where it is true. */
interface JsonPathChoice {
  readonly rule: ChoiceRule;
  readonly Next: string;
  readonly Assign?: JsonObject | undefined;
}

const choiceTarget = z.object({ Next: z.string(), Assign: assign.optional() });

export function readJsonPathChoice(
  entry: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): JsonPathChoice {
  const { Next: _next, Assign: _assign, Comment: _comment, ...comparison } = entry;
  const target = choiceTarget.safeParse(entry);
  const rule = choiceRuleSchema.safeParse(comparison);
  const issues = [...(target.error?.issues ?? []), ...(rule.error?.issues ?? [])];
  const paths = rule.success ? pathsOf(rule.data) : [];
  for (const text of paths) issues.push(...(path.safeParse(text).error?.issues ?? []));
  for (const issue of issues) context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  return target.success && rule.success && issues.length === 0
    ? { rule: rule.data, ...target.data }
    : z.NEVER;
}

/** What a rule reads. */
function pathsOf(rule: ChoiceRule): string[] {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return rule.rules.flatMap(pathsOf);
    case 'not':
      return pathsOf(rule.rule);
    case 'comparison':
      return [rule.variable, ...('path' in rule.operand ? [rule.operand.path] : [])];
  }
}
