import type { FieldsOf } from '../definition/state-fields.ts';
import { QueryEvaluationFault, RuntimeFault } from '../errors.ts';
import { findPath } from '../expressions/json-path.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { parseTimestamp } from '../expressions/timestamp.ts';
import { afterInputPath, leave, type Step } from '../interpreter/data-flow.ts';
import type { ExecutionVisit } from '../interpreter/execution-visit.ts';
import { expectType } from '../interpreter/expect-type.ts';
import { plainText } from '../interpreter/json-text.ts';
import { sleepUntil } from '../interpreter/sleep.ts';
import type { Json } from '../json.ts';

type WaitFields = FieldsOf<'Wait'>;
type PathWait = Extract<WaitFields, { QueryLanguage: 'JSONPath' }>;
type JsonataWait = Extract<WaitFields, { QueryLanguage: 'JSONata' }>;

/** Waits for so many seconds or until a point in time; what lies in the past does not wait. */
export async function runWait(fields: WaitFields, visit: ExecutionVisit): Promise<Step> {
  const { clock } = visit.execution;
  const isJsonata = fields.QueryLanguage === 'JSONata';
  const input = isJsonata ? visit.input : afterInputPath(fields, visit);
  const endMs = isJsonata ? await jsonataEndMs(fields, visit) : pathEndMs(fields, input, visit);
  await sleepUntil(clock, endMs, visit.branch.signal);
  return leave(fields, input, visit);
}

function pathEndMs(fields: PathWait, input: Json, visit: ExecutionVisit): number {
  const { Seconds, SecondsPath, Timestamp, TimestampPath } = fields;
  if (SecondsPath !== undefined) return secondsFromNow(readSeconds(SecondsPath, input, visit), visit);
  if (TimestampPath !== undefined) return readTimestamp(TimestampPath, input, visit);
  if (Timestamp !== undefined) return parseTimestamp(Timestamp) ?? badTimestamp(Timestamp);
  return secondsFromNow(Seconds ?? 0, visit);
}

function secondsFromNow(seconds: number, visit: ExecutionVisit): number {
  return visit.execution.clock.now() + seconds * 1000;
}

function readSeconds(path: string, input: Json, visit: ExecutionVisit): number {
  const value = findPath(path, visit.paths(input));
  if (value === undefined || value === null) {
    throw new RuntimeFault(`The SecondsPath parameter does not reference an input value: ${path}`);
  }
  const seconds = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) {
    throw new RuntimeFault(
      `The SecondsPath parameter cannot be parsed as a long value: ${path} == ${plainText(value)}`,
    );
  }
  if (seconds < 0) {
    throw new RuntimeFault(`The SecondsPath parameter references a negative value: ${path} == ${seconds}`);
  }
  return seconds;
}

function readTimestamp(path: string, input: Json, visit: ExecutionVisit): number {
  const value = findPath(path, visit.paths(input));
  if (value === undefined) {
    throw new RuntimeFault(`The TimestampPath parameter does not reference an input value: ${path}`);
  }
  const timeMs = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (timeMs !== undefined) return timeMs;
  throw new RuntimeFault(
    `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${path} == ${plainText(value)}`,
  );
}

async function jsonataEndMs(fields: JsonataWait, visit: ExecutionVisit): Promise<number> {
  const { Seconds, Timestamp } = fields;
  const { randomness } = visit.execution;
  if (Timestamp !== undefined) {
    const value = await evaluateTemplate(Timestamp, 'Timestamp', visit.jsonata(), randomness);
    const text = expectType('string', value, Timestamp, 'Timestamp');
    return parseTimestamp(text) ?? badTimestamp(text);
  }
  if (typeof Seconds !== 'string') return secondsFromNow(Seconds ?? 0, visit);
  const value = await evaluateTemplate(Seconds, 'Seconds', visit.jsonata(), randomness);
  const seconds = expectType('number', value, Seconds, 'Seconds');
  if (Number.isInteger(seconds) && seconds >= 0) return secondsFromNow(seconds, visit);
  throw new QueryEvaluationFault('Seconds', `The Seconds field cannot be parsed as a long value: ${seconds}`);
}

function badTimestamp(text: string): never {
  throw new QueryEvaluationFault(
    'Timestamp',
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
  );
}
