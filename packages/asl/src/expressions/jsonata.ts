import jsonata from 'jsonata';
import { QueryEvaluationFault } from '../errors.ts';
import { isJsonObject, type Json } from '../json.ts';
import { boundedCache } from './bounded-cache.ts';
import { BoundedRegExp } from './bounded-regexp.ts';
import { stepFunctionsFunctions } from './jsonata-functions.ts';
import { placedValue, type Reads, readsOf } from './jsonata-reads.ts';
import { toPlainJson, type UnsupportedResult, unsupportedResult } from './jsonata-result.ts';
import { timeFunctions } from './jsonata-time.ts';
import type { JsonataScope, Randomness } from './scope.ts';

const EXPRESSION_CACHE_LIMIT = 1_000;

/** What stops an expression that would not end; AWS names no figures. */
const guardrails = {
  timeout: 5_000,
  stack: 500,
  sequence: 1_000_000,
  // JSONata only ever calls it with new; the type also asks for what RegExp can do without.
  RegexEngine: BoundedRegExp as unknown as RegExpConstructor,
};

const compile = boundedCache(EXPRESSION_CACHE_LIMIT, (text) => jsonata(text, guardrails));

/** Whether a string of the definition is a JSONata expression: `{% ... %}` from its first to its last character. */
export function isExpression(text: string): boolean {
  return text.length >= 4 && text.startsWith('{%') && text.endsWith('%}');
}

/**
 * Arguments, Output, Assign, Items, ...: every `{% ... %}` of the template replaced by its value, one after the other. `location`
 * is the field as AWS names it; members are added to it as in `Output/result` and `Arguments/list[0]`.
 */
export async function evaluateTemplate(
  template: Json,
  location: string,
  scope: JsonataScope,
  randomness: Randomness,
): Promise<Json> {
  if (typeof template === 'string') {
    return isExpression(template) ? evaluate(expressionOf(template), location, scope, randomness) : template;
  }
  if (Array.isArray(template)) {
    const items: Json[] = [];
    for (const [at, item] of template.entries()) {
      items.push(await evaluateTemplate(item, `${location}[${at}]`, scope, randomness));
    }
    return items;
  }
  if (!isJsonObject(template)) return template;
  const members: [string, Json][] = [];
  for (const [key, value] of Object.entries(template)) {
    members.push([key, await evaluateTemplate(value, `${location}/${key}`, scope, randomness)]);
  }
  return Object.fromEntries(members);
}

/** What stands between `{%` and `%}`, as AWS shows it. */
export function expressionOf(template: string): string {
  return template.slice(2, -2).trim();
}

/** What JSONata says to an expression that it cannot read; undefined for one that it can. */
export function syntaxErrorOf(template: string): string | undefined {
  try {
    compile(expressionOf(template));
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** What an expression reads, without `{%` and `%}`. */
export function expressionReads(text: string): Reads {
  return readsOf(compile(text).ast());
}

async function evaluate(
  text: string,
  location: string,
  scope: JsonataScope,
  randomness: Randomness,
): Promise<Json> {
  const placed = scope.guard && placedValue(expressionReads(text), scope, scope.guard);
  if (placed !== undefined) return placed;
  let value: Json | UnsupportedResult | undefined;
  try {
    const result: unknown = await compile(text).evaluate(undefined, {
      ...stepFunctionsFunctions(randomness),
      ...timeFunctions(scope.nowMs),
      ...scope.variables,
      states: scope.states,
    });
    value = result === undefined ? undefined : toPlainJson(result);
  } catch (error) {
    throw fault(text, location, `threw an error during evaluation. ${describe(error)}`, { cause: error });
  }
  if (value === undefined) throw fault(text, location, 'returned nothing (undefined).');
  if (value === unsupportedResult) throw fault(text, location, 'returned an unsupported result type.');
  return value;
}

function fault(
  text: string,
  location: string,
  outcome: string,
  options?: ErrorOptions,
): QueryEvaluationFault {
  return new QueryEvaluationFault(
    location,
    `The JSONata expression '${text}' specified for the field '${location}' ${outcome}`,
    options,
  );
}

/** JSONata throws objects with a code and a message, not always Errors; running out of stack is the engine's own. */
function describe(error: unknown): string {
  if (error instanceof RangeError)
    return 'D1011: Stack overflow error: Check for non-terminating recursive function';
  if (typeof error !== 'object' || error === null) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return code + message;
}
