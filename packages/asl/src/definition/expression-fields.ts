import * as z from 'zod';
import { isExpression, syntaxErrorOf } from '../expressions/jsonata.ts';
import { parseTimestamp } from '../expressions/timestamp.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { checkVariableNames } from './variable-names.ts';

/** A JSONata expression: `{% ... %}`. */
export const expression = z
  .string()
  .refine(isExpression, 'expected a JSONata expression: {% ... %}')
  .superRefine(checkTemplate);

/** Error, Cause: a text that may be an expression. */
export const textOrExpression = z.string().superRefine(checkTemplate);

export const timestampOrExpression = textOrExpression.refine(
  (written) => isExpression(written) || parseTimestamp(written) !== undefined,
  'expected a timestamp as in RFC 3339, or a JSONata expression: {% ... %}',
);

/** Output, Arguments, ItemSelector: any JSON in which texts may be expressions. */
export const template = z.custom<Json>((value) => value !== undefined).superRefine(checkTemplate);

const object = z.custom<JsonObject>((value) => isJsonObject(value as Json), 'expected an object');

/** Credentials. */
export const expressionObject = object.superRefine(checkTemplate);

export const expressionAssign = expressionObject.superRefine(checkVariableNames);

function checkTemplate(value: Json, context: z.RefinementCtx): void {
  for (const { message, path } of faultsIn(value, [])) context.addIssue({ code: 'custom', message, path });
}

function faultsIn(
  value: Json,
  path: readonly (string | number)[],
): { message: string; path: (string | number)[] }[] {
  if (typeof value === 'string') {
    const message = faultOf(value);
    return message === undefined ? [] : [{ message, path: [...path] }];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json, at) => faultsIn(item, [...path, at]));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, member]) => faultsIn(member, [...path, name]));
}

/** AWS refuses an expression that is opened and not closed, or closed and not opened, instead of taking it for a text. */
function faultOf(text: string): string | undefined {
  if (isExpression(text)) {
    const error = syntaxErrorOf(text);
    return error && `expected JSONata between {% and %}: ${error}`;
  }
  return text.startsWith('{%') || text.endsWith('%}')
    ? 'expected {% at the very beginning and %} at the very end of a JSONata expression'
    : undefined;
}
