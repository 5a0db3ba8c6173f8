/** A mistake of the person at the keyboard: exit code 2, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A stage that could not do its work: exit code 1. `hint` is the next thing to try. */
export class StageError extends Error {
  override readonly name = 'StageError';
  readonly hint: string | undefined;

  constructor(message: string, hint?: string, options?: ErrorOptions) {
    super(message, options);
    this.hint = hint;
  }
}

/** The reason of the run's AbortSignal when the person asked to stop: exit code 130. */
export class StopRequested extends Error {
  override readonly name = 'StopRequested';

  constructor() {
    super('stopped by request');
  }
}

/** Of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
