/** One finding of the check, as ValidateStateMachineDefinition gives it. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** A JSON pointer as AWS gives it: `/States/First/Next`. */
  readonly location: string | undefined;
}

export function schemaError(message: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location };
}

export function notBuilt(what: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'NOT_IMPLEMENTED', message: `${what} is not built`, location };
}
