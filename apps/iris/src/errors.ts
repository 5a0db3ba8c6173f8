/** A table, model file or answer that is not of the form that is worked with here. The message says what was expected and what came. */
export class IrisError extends Error {
  override readonly name = 'IrisError';
}
