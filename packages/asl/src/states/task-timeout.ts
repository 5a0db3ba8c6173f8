import type { FieldsOf } from '../definition/state-fields.ts';
import { QueryEvaluationFault, RuntimeFault } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { afterInputPath } from '../interpreter/data-flow.ts';
import { expectType } from '../interpreter/expect-type.ts';
import type { Visit } from '../interpreter/visit.ts';
import { readInteger } from './read-integer.ts';

const MAX_SECONDS = 99_999_999;

/** How long one attempt of the task may take; undefined where there is no limit. */
export function timeoutSecondsOf(
  fields: FieldsOf<'Task'>,
  visit: Visit,
): number | undefined | Promise<number | undefined> {
  return fields.QueryLanguage === 'JSONata'
    ? evaluateTimeout(fields.TimeoutSeconds, visit)
    : readTimeout(fields, visit);
}

function readTimeout(
  fields: Extract<FieldsOf<'Task'>, { QueryLanguage: 'JSONPath' }>,
  visit: Visit,
): number | undefined {
  const { TimeoutSeconds, TimeoutSecondsPath } = fields;
  if (TimeoutSecondsPath === undefined) return TimeoutSeconds;
  const scope = visit.paths(afterInputPath(fields, visit));
  const seconds = readInteger('TimeoutSecondsPath', TimeoutSecondsPath, scope);
  const sentence = outOfRange(seconds);
  if (sentence !== undefined) throw new RuntimeFault(sentence);
  return seconds;
}

async function evaluateTimeout(
  timeout: number | string | undefined,
  visit: Visit,
): Promise<number | undefined> {
  if (typeof timeout !== 'string') return timeout;
  const value = await evaluateTemplate(timeout, 'TimeoutSeconds', visit.jsonata(), visit.randomness);
  const seconds = expectType('number', value, timeout, 'TimeoutSeconds');
  const sentence = Number.isInteger(seconds)
    ? outOfRange(seconds)
    : `The TimeoutSeconds field cannot be parsed as an integer: ${seconds}`;
  if (sentence !== undefined) throw new QueryEvaluationFault('TimeoutSeconds', sentence);
  return seconds;
}

function outOfRange(seconds: number): string | undefined {
  return seconds < 0 || seconds > MAX_SECONDS
    ? `TimeoutSeconds must be between 0 and ${MAX_SECONDS} but was: ${seconds}`
    : undefined;
}
