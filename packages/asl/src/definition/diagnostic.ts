/** One finding of the check, as ValidateStateMachineDefinition gives it. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: string;
  readonly message: string;
  /** As AWS writes places: `/States/First/Next`, `/States/Fan/Branches[0]/StartAt`. */
  readonly location: string | undefined;
}

/** The place of a member, a number being an index of a list. */
export function placeOf(location: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, step) => (typeof step === 'number' ? `${place}[${step}]` : `${place}/${String(step)}`),
    location,
  );
}

export function schemaError(message: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message, location };
}

export function notBuilt(what: string, location: string): Diagnostic {
  return { severity: 'ERROR', code: 'NOT_IMPLEMENTED', message: `${what} is not built`, location };
}

export function missingTarget(field: string, name: string, location: string): Diagnostic {
  const message = `Missing '${field}' target: ${name}`;
  return { severity: 'ERROR', code: 'MISSING_TRANSITION_TARGET', message, location };
}
