/**
 * Something the person can set right: a flag, a file, a missing login. Commands answer it with exit code 2 and without a stack.
 * The message says what was expected, of what name, what came and what to do.
 */
export class CloudUsageError extends Error {
  override readonly name = 'CloudUsageError';
}

/** A refusal or failure of the target, or of ourselves; `cause` is what the SDK threw. Commands answer it with exit code 1. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
}

/** A resource of our name exists but does not carry our tags: it is somebody else's, and is neither changed nor deleted. */
export class NotOursError extends CloudUsageError {
  constructor(type: string, resourceName: string, found: string) {
    super(
      `${type} ${resourceName} exists but is not tagged as Skyground's (${found}). It is left alone. ` +
        'Choose another --prefix, or remove it yourself if nothing needs it.',
    );
  }
}
