import type { Failure } from './failure.ts';

export interface InvocationRequest {
  readonly requestId: string;
  /** As the caller named the function: with its qualifier, if any. */
  readonly functionArn: string;
  readonly payload: Uint8Array;
  /** JSON text. */
  readonly clientContext: string | undefined;
}

export interface InvocationResult {
  readonly payload: Buffer;
  readonly isFunctionError: boolean;
  readonly logTail: Buffer;
  /** As reported: without the init of a cold start. */
  readonly durationMs: number;
}

/** What became of an invocation, before it is logged. */
export type Outcome =
  | { readonly kind: 'response'; readonly payload: Buffer }
  | { readonly kind: 'failure'; readonly failure: Failure };
