import { placeOf } from '../definition/diagnostic.ts';
import type { Machine, State } from '../definition/machine.ts';
import type { StateFields } from '../definition/state-fields.ts';
import { type Position, positionText } from '../stepping/position.ts';

/** A state with its places in the graph, in the definition, and, as in the first iteration of Maps, at run time. */
export interface PlacedState {
  readonly id: string;
  readonly state: State;
  /** As parseDefinition's diagnostics have it. */
  readonly location: string;
  readonly position: Position;
  readonly line: PlacedLine;
}

/** A machine with its place: the workflow, a branch, what all iterations run. */
export interface PlacedLine {
  readonly machine: Machine;
  /** Of its states. */
  readonly idOf: (stateName: string) => string;
  /** The Parallel or Map around it. */
  readonly outer: PlacedState | undefined;
}

/** All states of the workflow, outer before inner, otherwise as written. */
export function placedStates(definition: Machine): PlacedState[] {
  return statesOfLine(
    { machine: definition, idOf: (name) => positionText([name]), outer: undefined },
    '',
    [],
  );
}

function statesOfLine(line: PlacedLine, location: string, before: Position): PlacedState[] {
  return [...line.machine.states.values()].flatMap((state) => {
    const { name, fields, inner } = state;
    const placed: PlacedState = {
      id: line.idOf(name),
      state,
      location: placeOf(location, ['States', name]),
      position: [...before, name],
      line,
    };
    const linesInside = inner.flatMap((machine, index) => {
      const idOf = (innerName: string) =>
        `${placed.id}/${lineId(fields, index)}/${positionText([innerName])}`;
      const innerLocation = placeOf(placed.location, innerPath(fields, index));
      return statesOfLine({ machine, idOf, outer: placed }, innerLocation, [...placed.position, index]);
    });
    return [placed, ...linesInside];
  });
}

/** All iterations of a Map are one line of the graph. */
const ANY_ITERATION = '[*]';

function lineId({ Type }: StateFields, index: number): string {
  return Type === 'Map' ? ANY_ITERATION : String(index);
}

function innerPath(fields: StateFields, index: number): readonly PropertyKey[] {
  if (fields.Type === 'Parallel') return ['Branches', index];
  return ['Iterator' in fields && fields.Iterator !== undefined ? 'Iterator' : 'ItemProcessor'];
}

/** The node of a place at run time. */
export function nodeIdOf(definition: Machine, position: Position): string {
  let machine: Machine | undefined = definition;
  let state: State | undefined;
  return position
    .map((step) => {
      if (typeof step === 'number') {
        machine = state?.inner[state.fields.Type === 'Map' ? 0 : step];
        return state ? lineId(state.fields, step) : String(step);
      }
      const name = typeof step === 'string' ? step : step.state;
      state = machine?.states.get(name);
      return positionText([name]);
    })
    .join('/');
}
