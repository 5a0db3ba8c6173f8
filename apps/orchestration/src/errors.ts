/** An execution whose history cannot be read. The message says what was expected of which execution, and what came. */
export class OrchestrationError extends Error {
  override readonly name = 'OrchestrationError';
}
