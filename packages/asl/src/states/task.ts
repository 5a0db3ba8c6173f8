import type { FieldsOf } from '../definition/state-fields.ts';
import { RuntimeFault, StatesError } from '../errors.ts';
import { evaluateTemplate } from '../expressions/jsonata.ts';
import { applyTemplate } from '../expressions/payload-template.ts';
import { afterInputPath, effectiveInput, leave, type Step } from '../interpreter/data-flow.ts';
import type { ExecutionVisit } from '../interpreter/execution-visit.ts';
import { checkInputSize, tooLarge } from '../interpreter/failure.ts';
import { isTooLarge, jsonText } from '../interpreter/json-text.ts';
import { untilAborted, withTimeLimit } from '../interpreter/time-limit.ts';
import { isJsonObject, type Json } from '../json.ts';
import { type TaskEvents, taskEvents } from './task-events.ts';
import { timeoutSecondsOf } from './task-timeout.ts';

type TaskFields = FieldsOf<'Task'>;

/** Has the task runner do the work that Resource names, within its time. */
export async function runTask(fields: TaskFields, visit: ExecutionVisit): Promise<Step> {
  const prepared = effectiveInput(fields, visit);
  const input = prepared instanceof Promise ? await prepared : prepared;
  checkInputSize(input, visit.state.name);
  const timeout = timeoutSecondsOf(fields, visit);
  const timeoutSeconds = timeout instanceof Promise ? await timeout : timeout;
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
  visit: ExecutionVisit,
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

/** Credentials: the role is told in history; the task runner of one account has no other to take on. */
async function readRole(fields: TaskFields, visit: ExecutionVisit): Promise<Json | undefined> {
  const { randomness } = visit;
  const credentials = fields.Credentials ?? {};
  const read =
    fields.QueryLanguage === 'JSONata'
      ? await evaluateTemplate(credentials, 'Credentials', visit.jsonata(), randomness)
      : applyTemplate(credentials, visit.paths(afterInputPath(fields, visit)), randomness);
  return isJsonObject(read) ? read['RoleArn'] : undefined;
}
