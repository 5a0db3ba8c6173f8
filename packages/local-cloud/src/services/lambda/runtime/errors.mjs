/** An error whose name is the type that Lambda reports. */
export class RuntimeError extends Error {
  constructor(type, message, options) {
    super(message, options);
    this.name = type;
  }
}

export class UnhandledPromiseRejection extends RuntimeError {
  constructor(reason) {
    super('Runtime.UnhandledPromiseRejection', String(reason), { cause: reason });
    if (reason instanceof Error) this.stack = `${this.name}: ${reason.stack}`;
  }
}

/**
 * The error document of an invocation: errorType, errorMessage, trace, as AWS's Node.js runtimes word it. A handler can throw
 * anything, also what cannot be turned into text; a type is sent in a header, so it has to be well-formed.
 */
export function describeError(error) {
  try {
    if (error instanceof Error) {
      return {
        errorType: String(error.name).toWellFormed(),
        errorMessage: String(error.message),
        trace: String(error.stack ?? '').split('\n'),
      };
    }
    return { errorType: typeof error, errorMessage: String(error), trace: [] };
  } catch {
    return {
      errorType: 'handled',
      errorMessage:
        'callback called with Error argument, but there was a problem while retrieving one or more of its message, name, and stack',
      trace: [],
    };
  }
}
