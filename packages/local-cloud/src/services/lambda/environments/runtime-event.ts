/** The error document of a failed invocation or init, as the Runtime API carries it. */
export interface ErrorReport {
  readonly errorType: string;
  readonly payload: Buffer;
}

/** What can happen to the process of an environment. */
export type RuntimeEvent =
  /** It asks for work: init or the invocation is over. */
  | { readonly kind: 'next' }
  | { readonly kind: 'response'; readonly payload: Buffer }
  | { readonly kind: 'response-too-large' }
  | { readonly kind: 'error'; readonly report: ErrorReport }
  | { readonly kind: 'init-error'; readonly report: ErrorReport }
  | { readonly kind: 'exit'; readonly exitCode: number | null; readonly signal: NodeJS.Signals | null }
  /** The cloud's own: the process could not be started, its log not be written. */
  | { readonly kind: 'fault'; readonly cause: unknown }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'out-of-memory' };
