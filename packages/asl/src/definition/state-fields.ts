import { z } from 'zod';
import { type ChoiceRule, choiceRuleSchema } from '../expressions/choice-rule.ts';
import { isExpression } from '../expressions/jsonata.ts';
import type { JsonObject } from '../json.ts';
import { catchers, json, jsonataCatchers, retriers, template } from './failure-fields.ts';
import { machineFields } from './machine-fields.ts';

const MAX_SECONDS = 99_999_999;

const path = z.string().startsWith('$');
const nullablePath = path.nullable().optional();
const text = z.string().optional();
const seconds = z.int().min(0).max(MAX_SECONDS);
const timeoutSeconds = z.int().min(1).max(MAX_SECONDS);
const expression = z.string().refine(isExpression, 'expected a JSONata expression: {% ... %}');

const jsonPath = {
  QueryLanguage: z.literal('JSONPath'),
  Comment: text,
  InputPath: nullablePath,
  OutputPath: nullablePath,
};
const jsonata = { QueryLanguage: z.literal('JSONata'), Comment: text, Output: json.optional() };
const flow = { Next: text, End: z.boolean().optional(), Assign: template.optional() };
const result = { ResultSelector: template.optional(), ResultPath: nullablePath };
const parameters = { Parameters: json.optional() };
const failing = { Retry: retriers.optional(), Catch: catchers.optional() };
const jsonataFailing = { Retry: retriers.optional(), Catch: jsonataCatchers.optional() };

const pass = { Type: z.literal('Pass'), ...flow };
const task = { Type: z.literal('Task'), Resource: z.string(), Credentials: template.optional(), ...flow };
const wait = { Type: z.literal('Wait'), ...flow };
const parallel = { Type: z.literal('Parallel'), Branches: z.array(machineFields).min(1), ...flow };
const map = { Type: z.literal('Map'), ItemProcessor: machineFields.optional(), ...flow };
const choice = { Type: z.literal('Choice'), Default: text, Assign: template.optional() };

/** The fields of every type of state in JSONPath; what is not named here is refused. */
const jsonPathState = z.discriminatedUnion('Type', [
  z.strictObject({
    ...jsonPath,
    ...pass,
    ...parameters,
    Result: json.optional(),
    ResultPath: nullablePath,
  }),
  z.strictObject({
    ...jsonPath,
    ...task,
    ...parameters,
    ...result,
    ...failing,
    TimeoutSeconds: timeoutSeconds.optional(),
    TimeoutSecondsPath: path.optional(),
  }),
  z.strictObject({
    ...jsonPath,
    ...choice,
    Choices: z.array(z.looseObject({}).transform(readJsonPathChoice)).min(1),
  }),
  z.strictObject({
    ...jsonPath,
    ...wait,
    Seconds: seconds.optional(),
    SecondsPath: path.optional(),
    Timestamp: text,
    TimestampPath: path.optional(),
  }),
  z.strictObject({ ...jsonPath, Type: z.literal('Succeed') }),
  z.strictObject({
    QueryLanguage: jsonPath.QueryLanguage,
    Comment: text,
    Type: z.literal('Fail'),
    Error: text,
    Cause: text,
    ErrorPath: text,
    CausePath: text,
  }),
  z.strictObject({ ...jsonPath, ...parallel, ...parameters, ...result, ...failing }),
  z.strictObject({
    ...jsonPath,
    ...map,
    ...parameters,
    ...result,
    ...failing,
    Iterator: machineFields.optional(),
    ItemSelector: json.optional(),
    ItemsPath: path.optional(),
    MaxConcurrency: z.int().min(0).optional(),
    MaxConcurrencyPath: path.optional(),
  }),
]);

/** The same in JSONata. */
const jsonataState = z.discriminatedUnion('Type', [
  z.strictObject({ ...jsonata, ...pass }),
  z.strictObject({
    ...jsonata,
    ...task,
    ...jsonataFailing,
    Arguments: json.optional(),
    TimeoutSeconds: z.union([timeoutSeconds, expression]).optional(),
  }),
  z.strictObject({ ...jsonata, ...choice, Choices: z.array(jsonataChoice()).min(1) }),
  z.strictObject({
    ...jsonata,
    ...wait,
    Seconds: z.union([seconds, expression]).optional(),
    Timestamp: text,
  }),
  z.strictObject({ ...jsonata, Type: z.literal('Succeed') }),
  z.strictObject({
    QueryLanguage: jsonata.QueryLanguage,
    Comment: text,
    Type: z.literal('Fail'),
    Error: text,
    Cause: text,
  }),
  z.strictObject({ ...jsonata, ...parallel, ...jsonataFailing, Arguments: json.optional() }),
  z.strictObject({
    ...jsonata,
    ...map,
    ...jsonataFailing,
    Items: z.union([z.array(json), expression]).optional(),
    ItemSelector: json.optional(),
    MaxConcurrency: z.union([z.int().min(0), expression]).optional(),
  }),
]);

export const stateFields = z.discriminatedUnion('QueryLanguage', [jsonPathState, jsonataState]);

export type StateFields = z.infer<typeof stateFields>;
export type FieldsOf<Type extends StateFields['Type']> = Extract<StateFields, { Type: Type }>;
export type JsonPathFields = Extract<StateFields, { QueryLanguage: 'JSONPath' }>;
/** States that have an output. */
export type LeavingFields = Exclude<StateFields, { Type: 'Fail' }>;

/** One entry of a JSONPath Choice: the comparison, and what holds where it is true. */
export interface JsonPathChoice {
  readonly rule: ChoiceRule;
  readonly Next: string;
  readonly Assign?: JsonObject | undefined;
}

const choiceTarget = z.object({ Next: z.string(), Assign: template.optional() });

function readJsonPathChoice(
  entry: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): JsonPathChoice {
  const { Next: _next, Assign: _assign, Comment: _comment, ...comparison } = entry;
  const target = choiceTarget.safeParse(entry);
  const rule = choiceRuleSchema.safeParse(comparison);
  if (target.success && rule.success) return { rule: rule.data, ...target.data };
  for (const issue of [...(target.error?.issues ?? []), ...(rule.error?.issues ?? [])]) {
    context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  }
  return z.NEVER;
}

function jsonataChoice() {
  return z.strictObject({
    Condition: z.union([z.boolean(), expression]),
    Next: z.string(),
    Comment: text,
    Assign: template.optional(),
    Output: json.optional(),
  });
}
