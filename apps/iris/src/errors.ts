/** A table or an answer that is not of the form that is worked with here. The message says what was expected and what came. */
export class IrisError extends Error {
  override readonly name: string = 'IrisError';
}

/** What a person can set right: a flag, a deploy that is missing, a container that does not run. */
export class IrisUsageError extends IrisError {
  override readonly name = 'IrisUsageError';
}
