import type { Catcher, Retrier } from '../definition/failure-fields.ts';
import { QueryEvaluationFault, RuntimeFault, StatesError } from '../errors.ts';
import type { Json } from '../json.ts';
import { assignByPaths, leaveByJsonata, placeResult, type Step } from './data-flow.ts';
import { isTooLarge } from './json-text.ts';
import type { Visit } from './visit.ts';

/** No retrier and no catcher gets these, whatever they name. */
const RUNTIME = 'States.Runtime';
const DATA_LIMIT = 'States.DataLimitExceeded';
const TIMEOUT = 'States.Timeout';

export function isTerminal(failure: StatesError): boolean {
  return failure.error === RUNTIME;
}

/** A result above the limit; `name` is the state, the function's ARN, or the service of an integration. */
export function tooLarge(name: string): StatesError {
  return new StatesError(
    DATA_LIMIT,
    `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  );
}

/** What Parameters, Arguments or ItemSelector made; the words are ours, AWS's are not known. */
export function checkInputSize(input: Json, name: string): void {
  if (!isTooLarge(input)) return;
  const cause = `The input of the state/task '${name}' has a size exceeding the maximum number of bytes service limit.`;
  throw new StatesError(DATA_LIMIT, cause);
}

/** What was thrown, as a failure that history and Catch show; a fault of ours or a stop goes on as it is. */
export function readFailure(thrown: unknown, visit: Visit): StatesError {
  if (!(thrown instanceof StatesError)) throw thrown;
  if (!(thrown instanceof RuntimeFault)) return thrown;
  const { state, enteredEventId, branch } = visit;
  const cause = `An error occurred while executing the state '${state.name}' (entered at the event id #${enteredEventId}). ${thrown.causeText}`;
  const failure = new StatesError(thrown.error, cause, { cause: thrown });
  if (thrown instanceof QueryEvaluationFault) {
    // AWS evaluates before it enters, except in Wait: the event follows the one before the state was entered.
    if (branch.previousEventId === enteredEventId && state.fields.Type !== 'Wait') {
      branch.previousEventId = visit.eventIdBefore;
    }
    branch.record('EvaluationFailed', 'evaluationFailedEventDetails', {
      error: thrown.error ?? '',
      cause,
      location: thrown.location,
      state: state.name,
    });
  }
  return failure;
}

/** Each retrier of a visit counts its own attempts; the first one that names the error decides. */
export class Retries {
  readonly #attempts = new Map<Retrier, number>();

  /** How long to wait before the next attempt; undefined where there is none. */
  nextDelayMs(failure: StatesError, visit: Visit): number | undefined {
    const { fields } = visit.state;
    const retriers = 'Retry' in fields ? (fields.Retry ?? []) : [];
    const retrier = retriers.find((candidate) => matches(candidate.ErrorEquals, failure));
    if (retrier === undefined) return undefined;
    const attempts = this.#attempts.get(retrier) ?? 0;
    if (attempts >= retrier.MaxAttempts) return undefined;
    this.#attempts.set(retrier, attempts + 1);
    const seconds = Math.min(
      retrier.IntervalSeconds * retrier.BackoffRate ** attempts,
      retrier.MaxDelaySeconds ?? Number.MAX_SAFE_INTEGER,
    );
    const share = retrier.JitterStrategy === 'FULL' ? visit.execution.randomness.random() : 1;
    return seconds * share * 1000;
  }
}

/** Where the state's Catch leads with this failure; undefined where no catcher names it. */
export function caught(failure: StatesError, visit: Visit): Step | Promise<Step> | undefined {
  const { fields } = visit.state;
  const catchers: readonly Catcher[] = 'Catch' in fields ? (fields.Catch ?? []) : [];
  const index = catchers.findIndex((candidate) => matches(candidate.ErrorEquals, failure));
  const catcher = catchers[index];
  if (catcher === undefined) return undefined;
  const errorOutput = { Error: failure.error ?? '', Cause: failure.causeText ?? '' };
  if (fields.QueryLanguage === 'JSONata') {
    return leaveByJsonata(catcher, catcher.Next, errorOutput, visit, { errorOutput }, `Catch[${index}]/`);
  }
  const resultPath = 'ResultPath' in catcher ? catcher.ResultPath : undefined;
  return {
    output: placeResult(resultPath, errorOutput, visit.input),
    assigned: assignByPaths(catcher.Assign, errorOutput, visit),
    next: catcher.Next,
  };
}

/** States.ALL is all but States.DataLimitExceeded, States.TaskFailed all but States.Timeout. */
function matches(names: readonly string[], { error }: StatesError): boolean {
  if (error === RUNTIME) return false;
  if (error !== undefined && names.includes(error)) return true;
  return (
    (names.includes('States.ALL') && error !== DATA_LIMIT) ||
    (names.includes('States.TaskFailed') && error !== TIMEOUT)
  );
}
