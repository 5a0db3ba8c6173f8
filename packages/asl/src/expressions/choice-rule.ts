import { z } from 'zod';
import type { PathScope } from './scope.ts';

/** What a JSONPath choice compares: one comparison, or And, Or, Not of such. Next, Assign and Comment are the Choice state's. In the making. */
export type ChoiceRule = Readonly<Record<string, unknown>>;

export const choiceRuleSchema: z.ZodType<ChoiceRule> = z.record(z.string(), z.unknown());

/** Whether the rule holds for the data. */
export function matchesRule(_rule: ChoiceRule, _scope: PathScope): boolean {
  throw new Error('in the making');
}
