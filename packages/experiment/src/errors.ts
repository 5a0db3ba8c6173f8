import { z } from 'zod';

/** A mistake of the person at the keyboard, or of who declared an experiment: exit code 2, no stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A run folder that cannot be used as it is. Nothing in it was changed; the message says what was expected and what to do. */
export class RunFolderError extends Error {
  override readonly name = 'RunFolderError';
  readonly folder: string;

  constructor(folder: string, problem: string, options?: ErrorOptions) {
    super(`${folder}: ${problem}`, options);
    this.folder = folder;
  }
}

/** What a schema found wrong, cut to what a person reads: a file from elsewhere may have a million faults. */
export function problemsOf(error: z.ZodError): string {
  const text = z.prettifyError(error);
  return text.length <= 600 ? text : `${text.slice(0, 600)}... (${error.issues.length} problems)`;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a file operation failed with this code, such as ENOENT. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
