import type { z } from 'zod';
import type { JsonObject } from '../json.ts';

const MAX_NAME_LENGTH = 80;
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}]*$/u;

/** The names that Assign gives values: identifiers of Unicode; `states` is the language's own. */
export function checkVariableNames(assign: JsonObject, context: z.RefinementCtx): void {
  for (const key of Object.keys(assign)) {
    const name = variableOf(key);
    if (NAME.test(name) && name.length <= MAX_NAME_LENGTH && name !== 'states') continue;
    const message = `expected the name of a variable (a letter, then letters, digits and _, at most ${MAX_NAME_LENGTH}, not states), got '${name}'`;
    context.addIssue({ code: 'custom', message, path: [key] });
  }
}

/** The variable that a member of Assign names. */
export function variableOf(key: string): string {
  return key.replace(/\.\$$/, '');
}
