import type { Failure } from './failure.ts';

export interface InvocationRequest {
  readonly requestId: string;
  readonly payload: Uint8Array;
  /** JSON text. */
  readonly clientContext: string | undefined;
}

export interface InvocationResult {
  readonly payload: Buffer;
  readonly isFunctionError: boolean;
  readonly logTail: Buffer;
}

/** What became of an invocation, before it is logged. */
export type Outcome =
  | { readonly kind: 'response'; readonly payload: Buffer }
  | { readonly kind: 'failure'; readonly failure: Failure };
