import type { Json, JsonObject } from '@skyground/asl';

import { isJsonObject } from '../json.ts';

/** A Task state, wherever in the definition it stands. */
export interface TaskState {
  readonly name: string;
  /** What it calls: a function's ARN, or an integration's. */
  readonly resource: string;
  /** What it sends to an integration. */
  readonly input: JsonObject;
}

/** Every Task of a definition, those in branches and iterations as well. What is no state (a comment) is passed over. */
export function* taskStates(machine: JsonObject): Generator<TaskState> {
  for (const [name, state] of Object.entries(objectAt(machine, 'States'))) {
    if (!isJsonObject(state)) continue;
    const resource = state['Resource'];
    if (state['Type'] === 'Task' && typeof resource === 'string') {
      yield { name, resource, input: { ...objectAt(state, 'Parameters'), ...objectAt(state, 'Arguments') } };
    }
    for (const branch of listAt(state, 'Branches')) if (isJsonObject(branch)) yield* taskStates(branch);
    // A Map's inner machine; `Iterator` is its older name.
    for (const member of ['ItemProcessor', 'Iterator']) yield* taskStates(objectAt(state, member));
  }
}

function objectAt(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isJsonObject(value) ? value : {};
}

function listAt(object: JsonObject, name: string): readonly Json[] {
  const value = object[name];
  return Array.isArray(value) ? value : [];
}
