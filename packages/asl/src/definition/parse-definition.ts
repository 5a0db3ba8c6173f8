/** A workflow that was read, checked and may be run. In the making. */
export interface Definition {
  readonly startAt: string;
}

/** One finding of the check, as ValidateStateMachineDefinition gives it. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** A JSON pointer as AWS gives it: `/States/First/Next`. */
  readonly location: string | undefined;
}

export type ParsedDefinition =
  | { readonly ok: true; readonly definition: Definition }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Reads a definition's JSON text. Cached: the same text is checked once. */
export function parseDefinition(_text: string): ParsedDefinition {
  throw new Error('in the making');
}
