import type { JsonPathFields, LeavingFields } from '../definition/state-fields.ts';
import { readPath } from '../expressions/json-path.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { applyTemplate } from '../expressions/payload-template.ts';
import { writePath } from '../expressions/reference-path.ts';
import type { Variables } from '../expressions/scope.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { jsonText } from './json-text.ts';
import type { Visit } from './visit.ts';

/** How a state was left: its output, what it assigned, and where to go; undefined is the end. */
export interface Step {
  readonly output: Json;
  readonly assigned: Variables | undefined;
  readonly next: string | undefined;
}

/** What the state works on: after InputPath and Parameters, or Arguments; in JSONata without Arguments the input as it came. */
export function effectiveInput(fields: LeavingFields, visit: Visit): Json | Promise<Json> {
  if (fields.QueryLanguage === 'JSONata') {
    return 'Arguments' in fields && fields.Arguments !== undefined
      ? evaluateTemplate(fields.Arguments, 'Arguments', visit.jsonata(), visit.randomness)
      : visit.input;
  }
  const input = afterInputPath(fields, visit);
  return 'Parameters' in fields && fields.Parameters !== undefined
    ? applyTemplate(fields.Parameters, visit.paths(input), visit.randomness)
    : input;
}

export function afterInputPath(fields: JsonPathFields, visit: Visit): Json {
  return 'InputPath' in fields ? throughPath(fields.InputPath, visit.input, visit) : visit.input;
}

/**
 * From the result to the output of a state that goes on: Assign beside ResultSelector, both of the result as it came, then ResultPath
 * and OutputPath; or Assign and Output. Variables that are read have their old values everywhere.
 */
export function leave(
  fields: LeavingFields,
  result: Json,
  visit: Visit,
  next = 'Next' in fields ? fields.Next : undefined,
): Step | Promise<Step> {
  if (fields.QueryLanguage === 'JSONata') {
    const hasResult = fields.Type === 'Task' || fields.Type === 'Parallel' || fields.Type === 'Map';
    return leaveByJsonata(fields, next, result, visit, hasResult ? { result } : undefined);
  }
  const { randomness } = visit;
  const selected =
    'ResultSelector' in fields && fields.ResultSelector !== undefined
      ? applyTemplate(fields.ResultSelector, visit.paths(result), randomness)
      : result;
  const assigned = 'Assign' in fields ? assignByPaths(fields.Assign, result, visit) : undefined;
  const combined = 'ResultPath' in fields ? placeResult(fields.ResultPath, selected, visit.input) : selected;
  return {
    output: 'OutputPath' in fields ? throughPath(fields.OutputPath, combined, visit) : combined,
    assigned,
    next,
  };
}

interface JsonataEnd {
  readonly Assign?: JsonObject | undefined;
  readonly Output?: Json | undefined;
}

/** Assign and Output; where there is no Output, it is what is given. `place` is what AWS puts before the field in a failure. */
export function leaveByJsonata(
  fields: JsonataEnd,
  next: string | undefined,
  defaultOutput: Json,
  visit: Visit,
  more?: { readonly result: Json } | { readonly errorOutput: Json },
  place = '',
): Step | Promise<Step> {
  const { Assign, Output } = fields;
  if (Assign === undefined && Output === undefined)
    return { output: defaultOutput, assigned: undefined, next };
  const scope = visit.jsonata(more);
  const { randomness } = visit;
  return (async () => {
    const assigned = Assign && (await evaluateTemplate(Assign, `${place}Assign`, scope, randomness));
    const output =
      Output === undefined
        ? defaultOutput
        : await evaluateTemplate(Output, `${place}Output`, scope, randomness);
    return { output, assigned: isJsonObject(assigned) ? assigned : undefined, next };
  })();
}

export function assignByPaths(
  template: JsonObject | undefined,
  input: Json,
  visit: Visit,
): Variables | undefined {
  if (template === undefined) return undefined;
  const assigned = applyTemplate(template, visit.paths(input), visit.randomness);
  return isJsonObject(assigned) ? assigned : undefined;
}

/** ResultPath: null throws the result away, no ResultPath the input. */
export function placeResult(resultPath: string | null | undefined, result: Json, input: Json): Json {
  if (resultPath === undefined) return result;
  return resultPath === null ? input : writePath(input, resultPath, result);
}

/** InputPath and OutputPath: null gives an empty object. */
function throughPath(path: string | null | undefined, value: Json, visit: Visit): Json {
  if (path === undefined || path === '$') return value;
  return path === null ? {} : readPath(path, visit.paths(value));
}

/** `assignedVariables` of history. */
export function assignedTexts(assigned: Variables): JsonObject {
  return Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, jsonText(value)]));
}
