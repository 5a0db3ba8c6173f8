/**
 * A load that cannot be made, or a file of one that cannot be used as it is. Always something the caller can mend: the
 * message says what was expected, of what, what came, and what to do.
 */
export class LoadError extends Error {
  override readonly name = 'LoadError';

  constructor(message: string, { cause }: { readonly cause?: unknown } = {}) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
