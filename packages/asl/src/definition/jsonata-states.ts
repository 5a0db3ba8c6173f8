import * as z from 'zod';
import * as common from './common-fields.ts';
import {
  expression,
  expressionAssign,
  expressionObject,
  template,
  textOrExpression,
  timestampOrExpression,
} from './expression-fields.ts';
import { jsonataCatchers, retriers } from './failure-fields.ts';

const language = { QueryLanguage: z.literal('JSONata'), Comment: common.text };
const state = { ...language, Output: template.optional() };
const assigning = { ...state, Assign: expressionAssign.optional() };
const failing = { ...assigning, Retry: retriers.optional(), Catch: jsonataCatchers.optional() };

const choice = z.strictObject({
  Condition: z.union([z.boolean(), expression]),
  Next: z.string(),
  Comment: common.text,
  Assign: expressionAssign.optional(),
  Output: template.optional(),
});

/** The fields of every type of state in JSONata; what is not named here is refused. */
export const jsonataState = z.discriminatedUnion('Type', [
  z.strictObject({ ...assigning, ...common.pass }),
  z.strictObject({
    ...failing,
    ...common.task,
    Credentials: expressionObject.optional(),
    Arguments: template.optional(),
    TimeoutSeconds: z.union([common.timeoutSeconds, expression]).optional(),
  }),
  z.strictObject({ ...assigning, ...common.choice, Choices: z.array(choice).min(1) }),
  z.strictObject({
    ...assigning,
    ...common.wait,
    Seconds: z.union([common.seconds, expression]).optional(),
    Timestamp: timestampOrExpression.optional(),
  }),
  z.strictObject({ ...state, ...common.succeed }),
  z.strictObject({
    ...language,
    ...common.fail,
    Error: textOrExpression.optional(),
    Cause: textOrExpression.optional(),
  }),
  z.strictObject({ ...failing, ...common.parallel, Arguments: template.optional() }),
  z.strictObject({
    ...failing,
    ...common.map,
    Items: z.union([z.array(template), expression]).optional(),
    ItemSelector: template.optional(),
    MaxConcurrency: z.union([common.count, expression]).optional(),
    ToleratedFailureCount: z.union([common.count, expression]).optional(),
    ToleratedFailurePercentage: z.union([common.percentage, expression]).optional(),
  }),
]);
