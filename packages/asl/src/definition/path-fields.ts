import * as z from 'zod';
import { isIntrinsicCall } from '../expressions/intrinsics/call-intrinsic.ts';
import { type Path, parsePath } from '../expressions/json-path/parse-path.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { checkVariableNames } from './variable-names.ts';

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

/** ResultSelector and Credentials are templates that give an object. */
export const objectTemplate = z
  .custom<JsonObject>((value) => isJsonObject(value as Json), 'expected an object')
  .superRefine(checkTemplate);

export const assign = objectTemplate.superRefine(checkVariableNames);

function checkTemplate(template: Json, context: z.RefinementCtx): void {
  for (const { message, path } of faultsIn(template, [])) context.addIssue({ code: 'custom', message, path });
}

function faultsIn(
  template: Json,
  path: readonly (string | number)[],
): { message: string; path: (string | number)[] }[] {
  if (Array.isArray(template)) {
    return template.flatMap((item: Json, index) => faultsIn(item, [...path, index]));
  }
  if (!isJsonObject(template)) return [];
  return Object.entries(template).flatMap(([field, value]) => {
    const at = [...path, field];
    if (!field.endsWith('.$')) return faultsIn(value, at);
    const faults: string[] = [];
    if (typeof value !== 'string' || !isPathOrCall(value)) {
      faults.push(
        `The value for the field '${field}' must be a valid JSONPath or a valid intrinsic function call`,
      );
    }
    const name = field.slice(0, -2);
    if (Object.hasOwn(template, name)) faults.push(`The field '${name}' stands there twice`);
    return faults.map((message) => ({ message, path: at }));
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
