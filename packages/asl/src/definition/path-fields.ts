import { z } from 'zod';
import { isIntrinsicCall } from '../expressions/intrinsics/call-intrinsic.ts';
import { type Path, parsePath } from '../expressions/json-path/parse-path.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** A field that names a value of the input, the context object or a variable. */
export const path = z
  .string()
  .refine((text) => pathOf(text) !== undefined, 'The value must be a valid JSONPath');

/** ResultPath: one place of the input. */
export const resultPath = z.string().refine(isReferencePath, 'Value is not a Reference Path');

/** A field that may also call an intrinsic function. */
export const pathOrCall = z
  .string()
  .refine(isPathOrCall, 'The value must be a valid JSONPath or a valid intrinsic function call');

/** A payload template of JSONPath: what stands under names that end in `.$` is read. */
export const payloadTemplate = z.custom<Json>((value) => value !== undefined).superRefine(checkTemplate);

/** Assign and ResultSelector are templates that give an object. */
export const objectTemplate = z
  .custom<JsonObject>((value) => isJsonObject(value as Json), 'expected an object')
  .superRefine(checkTemplate);

function checkTemplate(template: Json, context: z.RefinementCtx): void {
  for (const { place, field } of unreadableMembers(template, [])) {
    const message = `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`;
    context.addIssue({ code: 'custom', message, path: place });
  }
}

function unreadableMembers(
  template: Json,
  place: readonly (string | number)[],
): { place: (string | number)[]; field: string }[] {
  if (typeof template !== 'object' || template === null) return [];
  if (Array.isArray(template)) {
    return template.flatMap((item: Json, index) => unreadableMembers(item, [...place, index]));
  }
  return Object.entries(template).flatMap(([field, value]) => {
    const at = [...place, field];
    if (!field.endsWith('.$')) return unreadableMembers(value, at);
    return typeof value === 'string' && isPathOrCall(value) ? [] : [{ place: at, field }];
  });
}

function isPathOrCall(text: string): boolean {
  return text.startsWith('States.') ? isIntrinsicCall(text) : pathOf(text) !== undefined;
}

function isReferencePath(text: string): boolean {
  const read = pathOf(text);
  return read?.root === '$' && read.steps.every(({ kind }) => kind === 'name' || kind === 'index');
}

function pathOf(text: string): Path | undefined {
  try {
    return parsePath(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
