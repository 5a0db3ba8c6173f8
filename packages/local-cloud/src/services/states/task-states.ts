import type { Json, JsonObject } from '@skyground/asl';
import { isObject, readJson } from './read-json.ts';

/** A Task state as a definition has it. */
export interface TaskState {
  readonly name: string;
  /** `/States/Map/ItemProcessor/States/Resize` */
  readonly location: string;
  readonly resource: string;
  readonly parameters:
    | { readonly member: 'Parameters' | 'Arguments'; readonly value: JsonObject }
    | undefined;
}

/** The language's own reader refuses JSON that is nested deeper than this, and a machine inside a machine is. */
const MAXIMUM_DEPTH = 200;

/** Every Task state of a definition, those inside Parallel and Map states too; none of what is no definition. */
export function* taskStates(definition: string): Generator<TaskState> {
  yield* statesIn(readJson(definition), '', 0);
}

function* statesIn(machine: Json | undefined, location: string, depth: number): Generator<TaskState> {
  if (depth > MAXIMUM_DEPTH) return;
  const states = isObject(machine) ? machine['States'] : undefined;
  if (!isObject(states)) return;
  for (const [name, state] of Object.entries(states)) {
    if (isObject(state)) yield* stateAndInner(name, state, `${location}/States/${name}`, depth);
  }
}

function* stateAndInner(
  name: string,
  state: JsonObject,
  location: string,
  depth: number,
): Generator<TaskState> {
  const resource = state['Resource'];
  if (state['Type'] === 'Task' && typeof resource === 'string') {
    yield { name, location, resource, parameters: parametersOf(state) };
  }
  const branches = state['Branches'];
  for (const [index, branch] of (Array.isArray(branches) ? branches : []).entries()) {
    yield* statesIn(branch, `${location}/Branches/${index}`, depth + 1);
  }
  for (const member of ['ItemProcessor', 'Iterator']) {
    yield* statesIn(state[member], `${location}/${member}`, depth + 1);
  }
}

/** What can be read before the state runs: Arguments may be an expression as a whole. */
function parametersOf(state: JsonObject): TaskState['parameters'] {
  for (const member of ['Parameters', 'Arguments'] as const) {
    const value = state[member];
    if (isObject(value)) return { member, value };
  }
  return undefined;
}
