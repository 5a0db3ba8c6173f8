/** An action that the caller may not do, and on what. */
export interface Denied {
  readonly action: string;
  readonly resource: string;
}

/** Answers about some actions; `notAsked` says why nothing is known of others. */
export interface PermissionAnswers {
  readonly allowed: number;
  readonly denied: readonly Denied[];
  readonly notAsked: string | undefined;
}
