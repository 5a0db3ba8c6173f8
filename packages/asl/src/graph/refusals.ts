import { type Diagnostic, placeOf } from '../definition/diagnostic.ts';
import type { Machine } from '../definition/machine.ts';
import type { Definition } from '../definition/read-definition.ts';
import type { FieldsOf } from '../definition/state-fields.ts';
import { transitionsOf } from '../definition/transitions.ts';
import { functionNameOf } from '../stepping/task-function.ts';
import type { PlacedState } from './placed-states.ts';

/** What only an orchestrator can do, each with its place. */
export function refusalsOf(definition: Definition, states: readonly PlacedState[]): Diagnostic[] {
  const findings = states.flatMap((state) => [...refusalsOfState(state), ...loopsFrom(state)]);
  if (definition.timeoutSeconds === undefined) return findings;
  const message = 'TimeoutSeconds of the whole workflow: no part of it sees all the others end';
  return [refusal(message, '/TimeoutSeconds'), ...findings];
}

function refusal(message: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'CANNOT_BE_DECENTRALISED', message, location };
}

function refusalsOfState({ state, location }: PlacedState): Diagnostic[] {
  const { fields } = state;
  switch (fields.Type) {
    case 'Wait':
      return [refusal('A Wait state: without an orchestrator nobody keeps a timer', location)];
    case 'Task':
      return refusalsOfTask(fields, location);
    case 'Map':
      return limitsOf(fields).map((field) =>
        refusal(
          `${field}: all iterations start at once, nobody counts those that run`,
          placeOf(location, [field]),
        ),
      );
    default:
      return [];
  }
}

function refusalsOfTask(fields: FieldsOf<'Task'>, location: string): Diagnostic[] {
  const findings: Diagnostic[] = [];
  if (functionNameOf(fields) === undefined) {
    const expected =
      "expected a function's ARN, or lambda:invoke with a FunctionName that stands there and at most a Payload";
    findings.push(
      refusal(
        `A Task that is no function (${fields.Resource}): ${expected}`,
        placeOf(location, ['Resource']),
      ),
    );
  }
  if (fields.Credentials !== undefined) {
    const message = 'Credentials: functions start each other with their own roles';
    findings.push(refusal(message, placeOf(location, ['Credentials'])));
  }
  return findings;
}

/** The fields of a Map that limit how many iterations run at once; 0 does not. */
function limitsOf(fields: FieldsOf<'Map'>): string[] {
  const limits: string[] = [];
  if ((fields.MaxConcurrency ?? 0) !== 0) limits.push('MaxConcurrency');
  if ('MaxConcurrencyPath' in fields && fields.MaxConcurrencyPath !== undefined)
    limits.push('MaxConcurrencyPath');
  return limits;
}

/** Transitions of the state that lead back to it: a state that comes again would find the result of the first time. */
function loopsFrom({ state, line, location }: PlacedState): Diagnostic[] {
  return transitionsOf(state.fields)
    .filter(({ target }) => reaches(line.machine, target, state.name))
    .map(({ target, path }) => {
      const message = `A loop by way of ${target}: a state runs once, what it gave is kept under its name`;
      return refusal(message, placeOf(location, path));
    });
}

function reaches({ states }: Machine, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (name === to) return true;
    const state = states.get(name);
    if (state === undefined || seen.has(name)) continue;
    seen.add(name);
    open.push(...transitionsOf(state.fields).map(({ target }) => target));
  }
  return false;
}
