import { type Clock, type Failure, type Filled, type Json, StatesError } from '@skyground/asl';

import type { FutureInput } from '../fan-in/future-input.ts';

/** What the runtime uses of Lambda's context; the handler gets it as it came. */
export interface LambdaContext {
  readonly awsRequestId: string;
  readonly invokedFunctionArn: string;
  getRemainingTimeInMillis(): number;
}

/** The user's code. Where outputs of branches were placed, the event has FutureInputs, resolved or not. */
export type Handler<Context extends LambdaContext = LambdaContext> = (
  event: Filled<FutureInput>,
  context: Context,
) => unknown;

/** As Retry and Catch see it. */
export type Outcome =
  | { readonly kind: 'answered'; readonly answer: Json }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Of a cause, as Step Functions cuts it. */
const MAX_CAUSE_LENGTH = 32_768;

/**
 * Calls the user's code as Lambda would and says what Step Functions would: errorType as error, the error document as cause.
 *
 * @param signal Its reason, a StatesError, is what a handler fails with that has not ended by then. It cannot be stopped.
 */
export async function callHandler(
  call: () => unknown,
  timeoutSeconds: number | undefined,
  clock: Clock,
  signal: AbortSignal,
): Promise<Outcome> {
  const over = new AbortController();
  const ending = Promise.withResolvers<never>();
  const stop = () => ending.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const candidates: unknown[] = [(async () => call())(), ending.promise];
    if (timeoutSeconds !== undefined) candidates.push(timeLimit(clock, timeoutSeconds, over.signal));
    return { kind: 'answered', answer: jsonOf(await Promise.race(candidates)) };
  } catch (thrown) {
    return { kind: 'failed', failure: failureOf(thrown, thrown === signal.reason) };
  } finally {
    over.abort();
    signal.removeEventListener('abort', stop);
  }
}

async function timeLimit(clock: Clock, timeoutSeconds: number, signal: AbortSignal): Promise<never> {
  try {
    await clock.sleep(timeoutSeconds * 1000, signal);
  } catch {
    // The handler was quicker: nobody waits for this.
  }
  throw new TimeLimit();
}

/** The state's own TimeoutSeconds. */
class TimeLimit extends Error {}

/** What comes out at the other end of Lambda. */
function jsonOf(answer: unknown): Json {
  return JSON.parse(JSON.stringify(answer) ?? 'null');
}

function failureOf(thrown: unknown, isTimeUp: boolean): Failure {
  if (thrown instanceof TimeLimit) return { error: 'States.Timeout' };
  if (isTimeUp && thrown instanceof StatesError) return { error: thrown.error, cause: thrown.causeText };
  const document =
    thrown instanceof Error
      ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
      : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
  return { error: document.errorType, cause: JSON.stringify(document).slice(0, MAX_CAUSE_LENGTH) };
}
