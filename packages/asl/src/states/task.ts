import type { FieldsOf } from '../definition/state-fields.ts';
import { QueryEvaluationFault, RuntimeFault, StatesError } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { applyTemplate } from '../expressions/payload-template.ts';
import { afterInputPath, effectiveInput, leave, type Step } from '../interpreter/data-flow.ts';
import { expectType } from '../interpreter/expect-type.ts';
import { checkInputSize, tooLarge } from '../interpreter/failure.ts';
import { isTooLarge, jsonText } from '../interpreter/json-text.ts';
import { untilAborted, withTimeLimit } from '../interpreter/time-limit.ts';
import type { Visit } from '../interpreter/visit.ts';
import { isJsonObject, type Json } from '../json.ts';
import { readInteger } from './read-integer.ts';
import { type TaskEvents, taskEvents } from './task-events.ts';

const MAX_SECONDS = 99_999_999;

type TaskFields = FieldsOf<'Task'>;

/** Has the task runner do the work that Resource names, within its time. */
export async function runTask(fields: TaskFields, visit: Visit): Promise<Step> {
  const prepared = effectiveInput(fields, visit);
  const input = prepared instanceof Promise ? await prepared : prepared;
  checkInputSize(input, visit.state.name);
  const timeoutSeconds =
    fields.QueryLanguage === 'JSONata'
      ? await evaluateTimeout(fields.TimeoutSeconds, visit)
      : readTimeout(fields, visit);
  const roleArn = fields.Credentials && (await readRole(fields, visit));
  const problems = visit.execution.tasks.problems?.(fields.Resource, input) ?? [];
  checkUsable(fields, input, problems instanceof Promise ? await problems : problems);
  const events = taskEvents(fields.Resource, visit);
  events.scheduled(input, timeoutSeconds, roleArn);
  // Lines that run at once are all scheduled before the first one starts.
  await Promise.resolve();
  events.started();
  const result = await callRunner(fields.Resource, input, timeoutSeconds, events, visit);
  return leave(fields, result, visit);
}

function checkUsable(fields: TaskFields, input: Json, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const field = fields.QueryLanguage === 'JSONata' ? 'Arguments' : 'Parameters';
  throw new RuntimeFault(
    `The ${field} '${jsonText(input)}' could not be used to start the Task: [${problems.join(', ')}]`,
  );
}

async function callRunner(
  resource: string,
  input: Json,
  timeoutSeconds: number | undefined,
  events: TaskEvents,
  visit: Visit,
): Promise<Json> {
  const { execution, branch, state } = visit;
  const call = {
    resource,
    input,
    stateName: state.name,
    context: visit.context,
    onSubmitted: events.submitted,
  };
  const timedOut = new StatesError('States.Timeout', undefined);
  try {
    const result = await withTimeLimit(
      execution.clock,
      { seconds: timeoutSeconds, reason: timedOut },
      branch.signal,
      (signal) => untilAborted(execution.tasks.run(call, signal), signal),
    );
    if (isTooLarge(result)) throw tooLarge(events.name);
    events.succeeded(result);
    return result;
  } catch (thrown) {
    if (thrown === timedOut) events.timedOut(timedOut);
    else if (thrown instanceof StatesError) events.failed(thrown);
    throw thrown;
  }
}

function readTimeout(
  fields: Extract<TaskFields, { QueryLanguage: 'JSONPath' }>,
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
  const value = await evaluateTemplate(
    timeout,
    'TimeoutSeconds',
    visit.jsonata(),
    visit.execution.randomness,
  );
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

/** Credentials: the role is told in history; the task runner of one account has no other to take on. */
async function readRole(fields: TaskFields, visit: Visit): Promise<Json | undefined> {
  const { randomness } = visit.execution;
  const credentials = fields.Credentials ?? {};
  const read =
    fields.QueryLanguage === 'JSONata'
      ? await evaluateTemplate(credentials, 'Credentials', visit.jsonata(), randomness)
      : applyTemplate(credentials, visit.paths(afterInputPath(fields, visit)), randomness);
  return isJsonObject(read) ? read['RoleArn'] : undefined;
}
