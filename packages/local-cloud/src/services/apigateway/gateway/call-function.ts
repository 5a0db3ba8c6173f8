import { AwsError } from '../../../errors.ts';
import type { FunctionInvoker } from '../../../server/ports.ts';
import type { Gateway } from './call.ts';

const PRINCIPAL = 'apigateway.amazonaws.com';

export type FunctionOutcome =
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed' }
  /** The function's policy does not let this API invoke it, or there is no such function. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled' }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'timed-out' };

/** Invokes an integration's function and waits for at most its limit. The function runs on when nobody waits, as on AWS. */
export async function callFunction(
  { functions, cloud: { clock } }: Gateway,
  { functionArn, timeoutMs }: { readonly functionArn: string; readonly timeoutMs: number },
  sourceArn: string,
  event: object,
  signal: AbortSignal,
): Promise<FunctionOutcome> {
  if (!functions.mayInvoke(functionArn, sourceArn, PRINCIPAL).allowed) return { kind: 'refused' };
  const done = new AbortController();
  const waiting = AbortSignal.any([signal, done.signal]);
  try {
    return await Promise.race([
      invoke(functions, functionArn, JSON.stringify(event), waiting),
      clock.sleep(timeoutMs, waiting).then((): FunctionOutcome => ({ kind: 'timed-out' })),
    ]);
  } finally {
    done.abort();
  }
}

async function invoke(
  functions: FunctionInvoker,
  functionArn: string,
  event: string,
  signal: AbortSignal,
): Promise<FunctionOutcome> {
  try {
    const { payload, isFunctionError } = await functions.invoke(functionArn, event, signal);
    return isFunctionError ? { kind: 'failed' } : { kind: 'answered', payload };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    switch (error.code) {
      case 'TooManyRequestsException':
        return { kind: 'throttled' };
      case 'RequestTooLargeException':
        return { kind: 'too-large' };
      case 'ResourceNotFoundException':
        return { kind: 'refused' };
      default:
        return { kind: 'failed' };
    }
  }
}
