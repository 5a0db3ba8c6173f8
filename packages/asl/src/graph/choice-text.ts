import type { FieldsOf } from '../definition/state-fields.ts';
import type { ChoiceRule } from '../expressions/choice-rule.ts';
import { expressionOf } from '../expressions/jsonata.ts';

/** What a choice asks, in words for an edge. */
export function choiceText(fields: FieldsOf<'Choice'>, index: number): string {
  if (fields.QueryLanguage === 'JSONPath') {
    const choice = fields.Choices[index];
    return choice === undefined ? '' : ruleText(choice.rule);
  }
  const condition = fields.Choices[index]?.Condition;
  return typeof condition === 'string' ? expressionOf(condition) : String(condition);
}

function ruleText(rule: ChoiceRule): string {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return rule.rules
        .map((part) => (part.kind === 'comparison' ? ruleText(part) : `(${ruleText(part)})`))
        .join(` ${rule.kind} `);
    case 'not':
      return `not (${ruleText(rule.rule)})`;
    case 'comparison': {
      const { variable, operator, operand } = rule;
      return `${variable} ${operator} ${'path' in operand ? operand.path : JSON.stringify(operand.value)}`;
    }
  }
}
