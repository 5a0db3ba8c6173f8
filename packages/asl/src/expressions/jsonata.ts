import jsonata from 'jsonata';
import { isJsonObject, type Json } from '../json.ts';
import type { JsonataScope, Randomness } from './scope.ts';

/** Whether a string of the definition is a JSONata expression: `{% ... %}` from its first to its last character. */
export function isExpression(text: string): boolean {
  return text.startsWith('{%') && text.endsWith('%}') && text.length >= 4;
}

/**
 * Arguments, Output, Assign, Items, ...: every `{% ... %}` of the template replaced by its value. `location` is the field as AWS
 * names it; members are added as `Output/result` and `Arguments/list[0]`. In the making.
 */
export async function evaluateTemplate(
  template: Json,
  location: string,
  scope: JsonataScope,
  randomness: Randomness,
): Promise<Json> {
  if (typeof template === 'string') {
    if (!isExpression(template)) return template;
    const result: Json = await jsonata(template.slice(2, -2)).evaluate(undefined, {
      ...scope.variables,
      states: scope.states,
    });
    return result;
  }
  if (Array.isArray(template)) {
    return await Promise.all(
      template.map(
        async (item: Json, index) => await evaluateTemplate(item, `${location}[${index}]`, scope, randomness),
      ),
    );
  }
  if (!isJsonObject(template)) return template;
  const members = Object.entries(template).map(
    async ([key, value]) =>
      [key, await evaluateTemplate(value, `${location}/${key}`, scope, randomness)] as const,
  );
  return Object.fromEntries(await Promise.all(members));
}
