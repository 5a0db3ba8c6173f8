import * as z from 'zod';
import * as common from './common-fields.ts';
import { catchers, retriers } from './failure-fields.ts';
import { readJsonPathChoice } from './json-path-choice.ts';
import { machineFields } from './machine-fields.ts';
import { assign, objectTemplate, path, pathOrCall, payloadTemplate, resultPath } from './path-fields.ts';

const language = { QueryLanguage: z.literal('JSONPath'), Comment: common.text };
const state = { ...language, InputPath: path.nullable().optional(), OutputPath: path.nullable().optional() };
const assigning = { ...state, Assign: assign.optional() };
const working = {
  ...assigning,
  Parameters: payloadTemplate.optional(),
  ResultSelector: objectTemplate.optional(),
  ResultPath: resultPath.nullable().optional(),
  Retry: retriers.optional(),
  Catch: catchers.optional(),
};

/** The fields of every type of state in JSONPath; what is not named here is refused. */
export const jsonPathState = z.discriminatedUnion('Type', [
  z.strictObject({
    ...assigning,
    ...common.pass,
    Parameters: payloadTemplate.optional(),
    Result: common.json.optional(),
    ResultPath: resultPath.nullable().optional(),
  }),
  z.strictObject({
    ...working,
    ...common.task,
    Credentials: objectTemplate.optional(),
    TimeoutSeconds: common.timeoutSeconds.optional(),
    TimeoutSecondsPath: path.optional(),
  }),
  z.strictObject({
    ...assigning,
    ...common.choice,
    Choices: z.array(z.looseObject({}).transform(readJsonPathChoice)).min(1),
  }),
  z.strictObject({
    ...assigning,
    ...common.wait,
    Seconds: common.seconds.optional(),
    SecondsPath: path.optional(),
    Timestamp: common.timestamp.optional(),
    TimestampPath: path.optional(),
  }),
  z.strictObject({ ...state, ...common.succeed }),
  z.strictObject({
    ...language,
    ...common.fail,
    Error: common.text,
    Cause: common.text,
    ErrorPath: pathOrCall.optional(),
    CausePath: pathOrCall.optional(),
  }),
  z.strictObject({ ...working, ...common.parallel }),
  z.strictObject({
    ...working,
    ...common.map,
    Iterator: machineFields.optional(),
    ItemSelector: payloadTemplate.optional(),
    ItemsPath: path.optional(),
    MaxConcurrency: common.count.optional(),
    MaxConcurrencyPath: path.optional(),
    ToleratedFailureCount: common.count.optional(),
    ToleratedFailureCountPath: path.optional(),
    ToleratedFailurePercentage: common.percentage.optional(),
    ToleratedFailurePercentagePath: path.optional(),
  }),
]);
