import type { Machine, State } from '../definition/machine.ts';
import { ExecutionStopped, QueryEvaluationFault, StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { runState } from '../states/run-state.ts';
import type { Branch, OpenState } from './branch.ts';
import { assignedTexts, type Step } from './data-flow.ts';
import { type Execution, ExecutionVisit, NOT_TRUNCATED } from './execution-visit.ts';
import { caught, isTerminal, nextAttempt, readFailure, tooLarge } from './failure.ts';
import { areTooLarge, isTooLarge, jsonText } from './json-text.ts';
import { sleepUntil } from './sleep.ts';

/** So often a line lets others have the thread: a loop of Pass and Choice never waits for anything. */
const STATES_PER_TURN = 1000;

/** Runs the states of a machine one after the other. A loop, not a recursion: workflows loop for as long as they like. */
export async function runStates(
  execution: Execution,
  machine: Machine,
  input: Json,
  branch: Branch,
): Promise<Json> {
  let state = stateNamed(machine, machine.startAt);
  let value = input;
  for (let count = 1; ; count += 1) {
    branch.signal.throwIfAborted();
    if (count % STATES_PER_TURN === 0) await execution.clock.sleep(0, branch.signal);
    const visit = new ExecutionVisit(execution, state, branch, value, jsonText(value));
    branch.openState = OPEN_TYPES[state.fields.Type];
    const attempt = tryOnce(visit);
    const step = attempt instanceof Promise ? await attempt : attempt;
    checkSize(step, visit);
    exit(visit, step);
    branch.openState = undefined;
    if (step.next === undefined) return step.output;
    value = step.output;
    state = stateNamed(machine, step.next);
  }
}

const OPEN_TYPES: Readonly<Record<string, OpenState>> = {
  Task: 'Task',
  Wait: 'Wait',
  Map: 'Map',
  Parallel: 'Parallel',
};

function stateNamed(machine: Machine, name: string): State {
  const state = machine.states.get(name);
  if (state === undefined)
    throw new ExecutionStopped('FAILED', 'States.Runtime', `no state is named '${name}'`);
  return state;
}

/** Pass and Choice are done at once, without a promise, so that a chain of them costs little. */
function tryOnce(visit: ExecutionVisit): Step | Promise<Step> {
  try {
    const step = runState(visit);
    if (!(step instanceof Promise)) return step;
    return step.catch((thrown: unknown) => recover(thrown, visit));
  } catch (thrown) {
    return recover(thrown, visit);
  }
}

/** Tries again as the state's Retry says, then goes where its Catch leads, else fails. */
async function recover(firstThrown: unknown, visit: ExecutionVisit): Promise<Step> {
  const { execution, branch } = visit;
  let failure = readAndTell(firstThrown, visit);
  let retries: readonly number[] = [];
  for (;;) {
    const next = nextAttempt(failure, retries, visit);
    if (next === undefined) break;
    retries = next.retries;
    await sleepUntil(execution.clock, execution.clock.now() + next.delayMs, branch.signal);
    visit.beginRetry();
    try {
      return await runState(visit);
    } catch (thrown) {
      failure = readAndTell(thrown, visit);
    }
  }
  const lastEventId = branch.previousEventId;
  tellFailure(failure, visit);
  try {
    const step = await caught(failure, visit);
    if (step !== undefined) return step;
  } catch (thrown) {
    // The catcher's own Assign or Output failed: AWS goes back to before the state failed, and lets it fail again.
    branch.previousEventId = lastEventId;
    failure = readAndTell(thrown, visit);
    tellFailure(failure, visit);
  }
  throw failure;
}

/** The failure; an expression that failed has an event of its own. */
function readAndTell(thrown: unknown, visit: ExecutionVisit): StatesError {
  const failure = readFailure(thrown, visit);
  if (!(thrown instanceof QueryEvaluationFault)) return failure;
  const { branch, state } = visit;
  // AWS evaluates before it enters, except in Wait: the event follows the one before the state was entered.
  if (branch.previousEventId === visit.enteredEventId && state.fields.Type !== 'Wait') {
    branch.previousEventId = visit.eventIdBefore;
  }
  branch.record('EvaluationFailed', 'evaluationFailedEventDetails', {
    error: thrown.error ?? '',
    cause: failure.causeText ?? '',
    location: thrown.location,
    state: state.name,
  });
  return failure;
}

function tellFailure(failure: StatesError, { branch, state }: ExecutionVisit): void {
  const { Type } = state.fields;
  if ((Type === 'Map' || Type === 'Parallel') && !isTerminal(failure)) branch.record(`${Type}StateFailed`);
}

/** What no Retry and no Catch of the state sees: its work was done. */
function checkSize({ output, assigned }: Step, { state, branch }: ExecutionVisit): void {
  if (isTooLarge(output)) throw tooLarge(state.name);
  if (assigned === undefined) return;
  if (isTooLarge(assigned) || areTooLarge({ ...branch.variables, ...assigned })) {
    const limits = '256 KiB in one Assign, 10 MiB in all';
    const cause = `The variables that the state '${state.name}' assigns exceed the limit (${limits}).`;
    throw new StatesError('States.DataLimitExceeded', cause);
  }
}

function exit(visit: ExecutionVisit, step: Step): void {
  const { branch, state } = visit;
  const { assigned } = step;
  if (assigned !== undefined) branch.variables = { ...branch.variables, ...assigned };
  branch.record(`${state.fields.Type}StateExited`, 'stateExitedEventDetails', {
    name: state.name,
    output: jsonText(step.output),
    outputDetails: NOT_TRUNCATED,
    ...(assigned && {
      assignedVariables: assignedTexts(assigned),
      assignedVariablesDetails: NOT_TRUNCATED,
    }),
  });
}
