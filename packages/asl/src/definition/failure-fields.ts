import { z } from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { objectTemplate, resultPath } from './path-fields.ts';

/** Any JSON value: the definition was JSON text, so there is nothing else to check. */
export const json = z.custom<Json>((value) => value !== undefined);
/** Assign and the like of JSONata, whose members may be expressions. */
export const object = z.custom<JsonObject>((value) => isJsonObject(value as Json), 'expected an object');

const ALL = 'States.ALL';
const errorNames = z
  .array(z.string())
  .min(1)
  .refine((names) => names.length === 1 || !names.includes(ALL), `${ALL} must stand alone in ErrorEquals`);

function allComesLast(entries: readonly { readonly ErrorEquals: readonly string[] }[]): boolean {
  return entries.slice(0, -1).every((entry) => !entry.ErrorEquals.includes(ALL));
}
const NOT_LAST = `${ALL} must stand in the last entry`;

const retrier = z.strictObject({
  ErrorEquals: errorNames,
  IntervalSeconds: z.int().min(1).max(99_999_999).default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
  Comment: z.string().optional(),
});

const catcher = { ErrorEquals: errorNames, Next: z.string(), Comment: z.string().optional() };
const jsonPathCatcher = z.strictObject({
  ...catcher,
  Assign: objectTemplate.optional(),
  ResultPath: resultPath.nullable().optional(),
});
const jsonataCatcher = z.strictObject({ ...catcher, Assign: object.optional(), Output: json.optional() });

export const retriers = z.array(retrier).refine(allComesLast, NOT_LAST);
export const catchers = z.array(jsonPathCatcher).refine(allComesLast, NOT_LAST);
export const jsonataCatchers = z.array(jsonataCatcher).refine(allComesLast, NOT_LAST);

export type Retrier = z.infer<typeof retrier>;
export type Catcher = z.infer<typeof jsonPathCatcher> | z.infer<typeof jsonataCatcher>;
