import { z } from 'zod';
import { type ChoiceRule, choiceRuleSchema } from '../expressions/choice-rule.ts';
import { isExpression } from '../expressions/jsonata.ts';
import type { JsonObject } from '../json.ts';
import { catchers, json, jsonataCatchers, object, retriers } from './failure-fields.ts';
import { machineFields } from './machine-fields.ts';
import { objectTemplate, path, pathOrCall, payloadTemplate, resultPath } from './path-fields.ts';

const MAX_SECONDS = 99_999_999;

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
const assign = { Assign: objectTemplate.optional() };
const jsonataAssign = { Assign: object.optional() };
const flow = { Next: text, End: z.boolean().optional() };
const result = { ResultSelector: objectTemplate.optional(), ResultPath: resultPath.nullable().optional() };
const parameters = { Parameters: payloadTemplate.optional() };
const failing = { Retry: retriers.optional(), Catch: catchers.optional() };
const jsonataFailing = { Retry: retriers.optional(), Catch: jsonataCatchers.optional() };

const pass = { Type: z.literal('Pass'), ...flow };
const task = { Type: z.literal('Task'), Resource: z.string(), ...flow };
const wait = { Type: z.literal('Wait'), ...flow };
const parallel = { Type: z.literal('Parallel'), Branches: z.array(machineFields).min(1), ...flow };
const map = { Type: z.literal('Map'), ItemProcessor: machineFields.optional(), ...flow };
const choice = { Type: z.literal('Choice'), Default: text };

/** The fields of every type of state in JSONPath; what is not named here is refused. */
const jsonPathState = z.discriminatedUnion('Type', [
  z.strictObject({
    ...jsonPath,
    ...pass,
    ...assign,
    ...parameters,
    Result: json.optional(),
    ResultPath: resultPath.nullable().optional(),
  }),
  z.strictObject({
    ...jsonPath,
    ...task,
    ...assign,
    Credentials: objectTemplate.optional(),
    ...parameters,
    ...result,
    ...failing,
    TimeoutSeconds: timeoutSeconds.optional(),
    TimeoutSecondsPath: path.optional(),
  }),
  z.strictObject({
    ...jsonPath,
    ...choice,
    ...assign,
    Choices: z.array(z.looseObject({}).transform(readJsonPathChoice)).min(1),
  }),
  z.strictObject({
    ...jsonPath,
    ...wait,
    ...assign,
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
    ErrorPath: pathOrCall.optional(),
    CausePath: pathOrCall.optional(),
  }),
  z.strictObject({ ...jsonPath, ...parallel, ...assign, ...parameters, ...result, ...failing }),
  z.strictObject({
    ...jsonPath,
    ...map,
    ...assign,
    ...parameters,
    ...result,
    ...failing,
    Iterator: machineFields.optional(),
    ItemSelector: payloadTemplate.optional(),
    ItemsPath: path.optional(),
    MaxConcurrency: z.int().min(0).optional(),
    MaxConcurrencyPath: path.optional(),
  }),
]);

/** The same in JSONata. */
const jsonataState = z.discriminatedUnion('Type', [
  z.strictObject({ ...jsonata, ...pass, ...jsonataAssign }),
  z.strictObject({
    ...jsonata,
    ...task,
    ...jsonataAssign,
    Credentials: object.optional(),
    ...jsonataFailing,
    Arguments: json.optional(),
    TimeoutSeconds: z.union([timeoutSeconds, expression]).optional(),
  }),
  z.strictObject({ ...jsonata, ...choice, ...jsonataAssign, Choices: z.array(jsonataChoice()).min(1) }),
  z.strictObject({
    ...jsonata,
    ...wait,
    ...jsonataAssign,
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
  z.strictObject({
    ...jsonata,
    ...parallel,
    ...jsonataAssign,
    ...jsonataFailing,
    Arguments: json.optional(),
  }),
  z.strictObject({
    ...jsonata,
    ...map,
    ...jsonataAssign,
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

const choiceTarget = z.object({ Next: z.string(), ...assign });

function readJsonPathChoice(
  entry: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): JsonPathChoice {
  const { Next: _next, Assign: _assign, Comment: _comment, ...comparison } = entry;
  const target = choiceTarget.safeParse(entry);
  const rule = choiceRuleSchema.safeParse(comparison);
  const issues = [...(target.error?.issues ?? []), ...(rule.error?.issues ?? [])];
  const paths = rule.success ? pathsOf(rule.data) : [];
  for (const text of paths) issues.push(...(path.safeParse(text).error?.issues ?? []));
  for (const issue of issues) context.addIssue({ code: 'custom', message: issue.message, path: issue.path });
  return target.success && rule.success && issues.length === 0
    ? { rule: rule.data, ...target.data }
    : z.NEVER;
}

/** What a rule reads. */
function pathsOf(rule: ChoiceRule): string[] {
  switch (rule.kind) {
    case 'and':
    case 'or':
      return rule.rules.flatMap(pathsOf);
    case 'not':
      return pathsOf(rule.rule);
    case 'comparison':
      return [rule.variable, ...('path' in rule.operand ? [rule.operand.path] : [])];
  }
}

function jsonataChoice() {
  return z.strictObject({
    Condition: z.union([z.boolean(), expression]),
    Next: z.string(),
    Comment: text,
    ...jsonataAssign,
    Output: json.optional(),
  });
}
