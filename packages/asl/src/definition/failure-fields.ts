import * as z from 'zod';
import { expressionAssign, template } from './expression-fields.ts';
import { assign, resultPath } from './path-fields.ts';

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
  Assign: assign.optional(),
  ResultPath: resultPath.nullable().optional(),
});
const jsonataCatcher = z.strictObject({
  ...catcher,
  Assign: expressionAssign.optional(),
  Output: template.optional(),
});

export const retriers = z.array(retrier).refine(allComesLast, NOT_LAST);
export const catchers = z.array(jsonPathCatcher).refine(allComesLast, NOT_LAST);
export const jsonataCatchers = z.array(jsonataCatcher).refine(allComesLast, NOT_LAST);

export type Catcher = z.infer<typeof jsonPathCatcher> | z.infer<typeof jsonataCatcher>;
