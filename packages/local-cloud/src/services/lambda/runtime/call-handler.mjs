/**
 * Calls the handler once. Promise style on every runtime; callback style where the declared runtime still has it
 * (nodejs20.x and nodejs22.x): the answer then waits for an empty event loop, unless the handler says otherwise.
 */
export function callHandler(handler, event, context) {
  return process.env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs24.x'
    ? Promise.try(handler, event, context)
    : callWithCallback(handler, event, context);
}

function callWithCallback(handler, event, context) {
  return new Promise((resolve, reject) => {
    // An event loop that runs empty ends the invocation even if the handler never answered: with null.
    const answerNull = () => resolve(null);
    process.once('beforeExit', answerNull);
    const settle = (settler) => {
      process.off('beforeExit', answerNull);
      settler();
    };
    const callback = (error, result) => {
      const settler = () => (error === null || error === undefined ? resolve(result) : reject(error));
      if (error || !context.callbackWaitsForEmptyEventLoop) {
        setImmediate(settle, settler);
        return;
      }
      process.off('beforeExit', answerNull);
      process.once('beforeExit', settler);
    };
    context.done = callback;
    context.succeed = (result) => {
      context.callbackWaitsForEmptyEventLoop = false;
      callback(null, result);
    };
    context.fail = (error) => callback(error ?? 'handled');

    const returned = handler(event, context, callback);
    if (typeof returned?.then === 'function') {
      returned.then(
        (result) => settle(() => resolve(result)),
        (error) => settle(() => reject(error)),
      );
    }
  });
}
