import { isJsonObject, type Json, type JsonObject } from '../json.ts';

/** A machine of the definition before anything of it is known to be right. */
export interface RawMachine {
  readonly fields: JsonObject;
  /** As AWS writes places: empty for the top, `/States/Fan/Branches[0]` for a branch. */
  readonly location: string;
}

export interface RawState {
  readonly name: string;
  readonly fields: JsonObject;
  readonly location: string;
}

/** The machines right inside a state: branches, processors. */
export function innerMachines(state: JsonObject, location: string): RawMachine[] {
  const branches = Array.isArray(state['Branches']) ? state['Branches'] : [];
  const candidates: (readonly [string, Json | undefined])[] = [
    ...branches.map((branch: Json, index) => [`Branches[${index}]`, branch] as const),
    ['ItemProcessor', state['ItemProcessor']],
    ['Iterator', state['Iterator']],
  ];
  return candidates.flatMap(([member, fields]) =>
    isJsonObject(fields) ? [{ fields, location: `${location}/${member}` }] : [],
  );
}

/** A machine's states by name with their places; what is no object is left to the schema. */
export function statesOf(machine: RawMachine): RawState[] {
  const states = machine.fields['States'];
  if (!isJsonObject(states)) return [];
  return Object.entries(states).flatMap(([name, fields]) =>
    isJsonObject(fields) ? [{ name, fields, location: `${machine.location}/States/${name}` }] : [],
  );
}

/** The machine and all machines inside it. */
export function allMachines(machine: RawMachine): RawMachine[] {
  const inner = statesOf(machine).flatMap((state) => innerMachines(state.fields, state.location));
  return [machine, ...inner.flatMap(allMachines)];
}

/**
 * A copy without the texts that stand inside States under names like `comment_chain`. The language does not have them, but a
 * machine of the orchestration lab carries two, and ran.
 */
export function withoutComments(machine: JsonObject): JsonObject {
  const states = machine['States'];
  if (!isJsonObject(states)) return machine;
  const kept = Object.entries(states)
    .filter(([name, state]) => !(typeof state === 'string' && name.startsWith('comment')))
    .map(([name, state]) => [name, isJsonObject(state) ? stateWithoutComments(state) : state] as const);
  return { ...machine, States: Object.fromEntries(kept) };
}

function stateWithoutComments(state: JsonObject): JsonObject {
  const clean = (machine: Json) => (isJsonObject(machine) ? withoutComments(machine) : machine);
  const { Branches, ItemProcessor, Iterator } = state;
  return {
    ...state,
    ...(Array.isArray(Branches) && { Branches: Branches.map(clean) }),
    ...(isJsonObject(ItemProcessor) && { ItemProcessor: clean(ItemProcessor) }),
    ...(isJsonObject(Iterator) && { Iterator: clean(Iterator) }),
  };
}
