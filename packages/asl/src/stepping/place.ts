import type { Machine, State } from '../definition/machine.ts';
import type { Definition } from '../definition/read-definition.ts';
import { Visit } from '../interpreter/visit.ts';
import type { Json } from '../json.ts';
import { fillPending, refusePending, standIn } from './pending.ts';
import { type Position, positionText, stateNameOf } from './position.ts';
import type { Standing } from './standing.ts';
import type { Stepping } from './stepping.ts';

/** A standing with the state it stands at, as data flow sees it. */
export interface Place {
  readonly standing: Standing;
  readonly visit: Visit;
  /** Whether outputs of lines are still to come in what data flow sees. */
  readonly isPending: boolean;
}

/** `isPending`: they also come from elsewhere than the standing's input. */
export function placeOf(stepping: Stepping, standing: Standing, isPending = false): Place {
  const { position, variables, mapContext, pending = [], retries } = standing;
  const state = stateAt(stepping.definition, position);
  const input: Json = fillPending(standing.input, pending, standIn);
  const hasPending = isPending || pending.length > 0;
  const surroundings = hasPending ? { ...stepping, guard: refusePending } : stepping;
  const retryCount = retries.reduce((sum, count) => sum + count, 0);
  const visit = new Visit(surroundings, state, { variables, mapContext }, input, retryCount);
  return { standing, visit, isPending: hasPending };
}

/** A position that the workflow does not have is a mistake of the caller's: it belongs to another definition. */
function stateAt(definition: Definition, position: Position): State {
  let machine: Machine | undefined = definition;
  let state: State | undefined;
  for (const step of position) {
    // Every iteration of a Map runs the same machine.
    if (typeof step === 'number') machine = state?.inner[state.fields.Type === 'Map' ? 0 : step];
    else state = machine?.states.get(stateNameOf(step));
  }
  if (state !== undefined) return state;
  const text = positionText(position);
  throw new Error(
    `expected the position of a state of this workflow, got ${text}; is it of another version?`,
  );
}
