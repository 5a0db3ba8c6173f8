import type { Definition } from '../definition/read-definition.ts';
import { StatesError } from '../errors.ts';
import { leave, type Step } from '../interpreter/data-flow.ts';
import { caught, nextAttempt, readFailure } from '../interpreter/failure.ts';
import type { Surroundings } from '../interpreter/visit.ts';
import type { Json } from '../json.ts';
import { arrive } from './arrive.ts';
import { PENDING, PendingRead, standIn, takePending } from './pending.ts';
import { type Place, placeOf } from './place.ts';
import type { Position } from './position.ts';
import type { Standing } from './standing.ts';
import type { Failure, Stop } from './stop.ts';
import { resultOf } from './task-function.ts';

/*
 * The language without a loop over its states, for a runtime that has no orchestrator: each function takes a line from where it
 * stands to where it stops next. The rules of data flow, Choice, Retry and Catch are the interpreter's.
 */

/** The workflow, which workflowGraph accepts, and what its expressions read besides data. */
export interface Stepping extends Surroundings {
  readonly definition: Definition;
}

/** From a state that the line has come to. Rejects only for a fault of ours; a workflow that fails is a stop. */
export async function advance(stepping: Stepping, standing: Standing): Promise<Stop> {
  return goOn(stepping, placeOf(stepping, standing), arrive);
}

/** From a task whose function has answered. */
export async function leaveTask(stepping: Stepping, standing: Standing, answer: Json): Promise<Stop> {
  return goOn(stepping, placeOf(stepping, standing), ({ visit }) => {
    const { fields } = visit.state;
    if (fields.Type !== 'Task') throw notA('Task', fields.Type);
    return leave(fields, resultOf(fields, answer), visit);
  });
}

/** From a Parallel or Map whose lines have ended; in FUTURE_BASED fan-in some are PENDING. */
export async function leaveFanOut(
  stepping: Stepping,
  standing: Standing,
  outputs: readonly (Json | typeof PENDING)[],
): Promise<Stop> {
  const isPending = outputs.includes(PENDING);
  return goOn(stepping, placeOf(stepping, standing, isPending), ({ visit }) => {
    const { fields } = visit.state;
    if (fields.Type !== 'Parallel' && fields.Type !== 'Map') throw notA('Parallel or Map', fields.Type);
    const results = outputs.map((output, line) => (output === PENDING ? standIn(line) : output));
    return leave(fields, results, visit);
  });
}

/** From a task that failed, or a Parallel or Map of which a line failed: where Retry and Catch of the state lead. */
export async function failState(stepping: Stepping, standing: Standing, failure: Failure): Promise<Stop> {
  return goOn(stepping, placeOf(stepping, standing), () => {
    throw new StatesError(failure.error, failure.cause);
  });
}

type Work = (place: Place) => Step | Stop | Promise<Step | Stop>;

async function goOn(stepping: Stepping, first: Place, work: Work): Promise<Stop> {
  try {
    let place = first;
    let outcome = await attempt(place, work);
    while (!('kind' in outcome)) {
      if (outcome.next === undefined) return lineEnd(outcome.output);
      const next = standingAfter(place, outcome, outcome.next);
      place = placeOf(stepping, next);
      outcome = await attempt(place, arrive);
    }
    return outcome;
  } catch (thrown) {
    if (!(thrown instanceof PendingRead)) throw thrown;
    return { kind: 'needs-outputs', reason: thrown.message };
  }
}

/** What the work says, or where its failure leads. */
async function attempt(place: Place, work: Work): Promise<Step | Stop> {
  try {
    return await work(place);
  } catch (thrown) {
    const failure = readFailure(thrown, place.visit);
    // With an output of another form than a stand-in's it might not fail.
    if (place.isPending) throw new PendingRead(failure.message, { cause: failure });
    return recover(place, failure);
  }
}

async function recover({ standing, visit }: Place, failure: StatesError): Promise<Step | Stop> {
  const next = nextAttempt(failure, standing.retries, visit);
  if (next !== undefined) {
    const position = visit.state.inner.length > 0 ? againAt(standing.position) : standing.position;
    return {
      kind: 'retry',
      standing: { ...standing, position, retries: next.retries },
      afterMs: next.delayMs,
    };
  }
  try {
    return (await caught(failure, visit)) ?? failed(failure);
  } catch (thrown) {
    // The catcher's own Assign or Output failed.
    return failed(readFailure(thrown, visit));
  }
}

function failed({ error, causeText }: StatesError): Stop {
  return {
    kind: 'failed',
    ...(error !== undefined && { error }),
    ...(causeText !== undefined && { cause: causeText }),
  };
}

/** Another attempt of a Parallel or Map has positions of its own. */
function againAt(position: Position): Position {
  const step = position.at(-1);
  if (typeof step === 'number' || step === undefined) return position;
  const again =
    typeof step === 'string' ? { state: step, attempt: 1 } : { ...step, attempt: step.attempt + 1 };
  return [...position.slice(0, -1), again];
}

function standingAfter({ standing, isPending }: Place, { output, assigned }: Step, next: string): Standing {
  const { pending: _pending, ...kept } = standing;
  const { value, pending } = isPending ? takePending(output) : { value: output, pending: [] };
  return {
    ...kept,
    position: [...standing.position.slice(0, -1), next],
    input: value,
    variables:
      assigned === undefined ? standing.variables : { ...standing.variables, ...withoutPending(assigned) },
    retries: [],
    ...(pending.length > 0 && { pending }),
  };
}

function lineEnd(output: Json): Stop {
  return { kind: 'line-end', output: withoutPending(output) };
}

/** What cannot wait for outputs: the end of a line, a variable. */
function withoutPending<Value extends Json>(value: Value): Value {
  if (takePending(value).pending.length > 0)
    throw new PendingRead('the output of a line ends a line or becomes a variable');
  return value;
}

function notA(expected: string, type: string): Error {
  return new Error(`expected the position of a ${expected} state, got one of a ${type} state`);
}
