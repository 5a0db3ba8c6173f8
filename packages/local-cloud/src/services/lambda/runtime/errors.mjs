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

/** The error document of an invocation: errorType, errorMessage, trace, as AWS's Node.js runtimes word it. */
export function describeError(error) {
  if (error instanceof Error) {
    return {
      errorType: error.name,
      errorMessage: error.message,
      trace: (error.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof error, errorMessage: String(error), trace: [] };
}
