import type { FieldsOf } from '../definition/state-fields.ts';
import { mapContext } from '../interpreter/branch.ts';
import { effectiveInput, leave, type Step } from '../interpreter/data-flow.ts';
import type { Line } from '../interpreter/run-lines.ts';
import type { Visit } from '../interpreter/visit.ts';
import { evaluateState } from '../states/evaluate-state.ts';
import { iterationsOf, planMap } from '../states/map-plan.ts';
import { timeoutSecondsOf } from '../states/task-timeout.ts';
import { PendingRead, takePending } from './pending.ts';
import type { Place } from './place.ts';
import type { Standing } from './standing.ts';
import type { Stop } from './stop.ts';
import { eventOf, functionNameOf } from './task-function.ts';

/** What a line does at a state that it has come to: passes it, or stops. */
export function arrive(place: Place): Step | Stop | Promise<Step | Stop> {
  const { visit } = place;
  const { fields } = visit.state;
  switch (fields.Type) {
    case 'Task':
      return stopAtTask(fields, place);
    case 'Parallel':
    case 'Map':
      return fanOut(fields, place);
    case 'Wait':
      throw notSteppable(visit);
    default:
      return evaluateState(fields, visit);
  }
}

async function stopAtTask(fields: FieldsOf<'Task'>, { standing, visit }: Place): Promise<Stop> {
  const functionName = functionNameOf(fields);
  if (functionName === undefined) throw notSteppable(visit);
  const event = eventOf(fields, await effectiveInput(fields, visit));
  const timeoutSeconds = await timeoutSecondsOf(fields, visit);
  const { value, pending } = takePending(event);
  return {
    kind: 'task',
    standing,
    functionName,
    event: value,
    pending,
    ...(timeoutSeconds !== undefined && { timeoutSeconds }),
  };
}

async function fanOut(fields: FieldsOf<'Parallel' | 'Map'>, place: Place): Promise<Step | Stop> {
  const { standing, visit, isPending } = place;
  if (isPending) throw new PendingRead(`the ${fields.Type} state ${visit.state.name} comes before a task`);
  const lines = await linesOf(fields, visit);
  if (lines.length === 0) return leave(fields, [], visit);
  return {
    kind: 'fan-out',
    standing,
    lines: lines.map(({ machine, input, iteration }, line): Standing => {
      const map = iteration ? mapContext(iteration) : standing.mapContext;
      return {
        position: [...standing.position, line, machine.startAt],
        input,
        variables: standing.variables,
        ...(map && { mapContext: map }),
        retries: [],
      };
    }),
  };
}

async function linesOf(fields: FieldsOf<'Parallel' | 'Map'>, visit: Visit): Promise<readonly Line[]> {
  if (fields.Type === 'Map') return iterationsOf(await planMap(fields, visit), visit);
  const input = await effectiveInput(fields, visit);
  return visit.state.inner.map((machine) => ({ machine, input }));
}

function notSteppable({ state }: Visit): Error {
  return new Error(`state ${state.name} needs an orchestrator; workflowGraph says which states do, and why`);
}
