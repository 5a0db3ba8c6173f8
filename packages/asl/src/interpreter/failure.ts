import type { Catcher } from '../definition/failure-fields.ts';
import { RuntimeFault, StatesError } from '../errors.ts';
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

/** What was thrown, as a failure that Retry and Catch see; a fault of ours or a stop goes on as it is. */
export function readFailure(thrown: unknown, { state, enteredEventId }: Visit): StatesError {
  if (!(thrown instanceof StatesError)) throw thrown;
  if (!(thrown instanceof RuntimeFault)) return thrown;
  const cause = `An error occurred while executing the state '${state.name}' (entered at the event id #${enteredEventId}). ${thrown.causeText}`;
  return new StatesError(thrown.error, cause, { cause: thrown });
}

/** Another attempt that Retry asks for. */
export interface NextAttempt {
  readonly delayMs: number;
  /** As it is now: how often each retrier of the state has asked for one, by its place in Retry. */
  readonly retries: readonly number[];
}

/** Each retrier of a visit counts for itself; the first one that names the error decides. Undefined: no attempt is left. */
export function nextAttempt(
  failure: StatesError,
  retries: readonly number[],
  visit: Visit,
): NextAttempt | undefined {
  const { fields } = visit.state;
  const retriers = 'Retry' in fields ? (fields.Retry ?? []) : [];
  const deciding = retriers.findIndex((candidate) => matches(candidate.ErrorEquals, failure));
  const retrier = retriers[deciding];
  const count = retries[deciding] ?? 0;
  if (retrier === undefined || count >= retrier.MaxAttempts) return undefined;
  const seconds = Math.min(
    retrier.IntervalSeconds * retrier.BackoffRate ** count,
    retrier.MaxDelaySeconds ?? Number.MAX_SAFE_INTEGER,
  );
  const share = retrier.JitterStrategy === 'FULL' ? visit.randomness.random() : 1;
  return {
    delayMs: seconds * share * 1000,
    retries: retriers.map((_, index) => (retries[index] ?? 0) + (index === deciding ? 1 : 0)),
  };
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
