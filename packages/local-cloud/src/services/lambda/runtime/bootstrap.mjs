// The runtime inside an execution environment: polls the Runtime API, calls the handler, reports what came of it.
// Plain JavaScript without dependencies, because its load time is part of every cold start. For the same reason Node's own
// modules are not imported: an import reads every export, and that of node:http's WebSocket loads all of fetch (17 ms).
import { callHandler } from './call-handler.mjs';
import { describeError, UnhandledPromiseRejection } from './errors.mjs';
import { loadHandler } from './load-handler.mjs';
import { logError, markTaken, patchConsole } from './logging.mjs';
import { createRuntimeApi } from './runtime-api.mjs';

const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;

/** The invocation in hand; undefined during init. */
let requestId;

patchConsole(() => requestId);
refuseStreaming();
const api = createRuntimeApi(process.env.AWS_LAMBDA_RUNTIME_API);

async function endWith(title, error, exitCode) {
  logError(title, error);
  const description = describeError(error);
  await (requestId === undefined ? api.initError(description) : api.invocationError(requestId, description));
  process.exit(exitCode);
}
process.on(
  'uncaughtException',
  (error) => void endWith('Uncaught Exception', error, EXIT_UNCAUGHT_EXCEPTION),
);
process.on('unhandledRejection', (reason) => {
  const error = new UnhandledPromiseRejection(reason);
  void endWith('Unhandled Promise Rejection', error, EXIT_UNHANDLED_REJECTION);
});

const handler = await loadHandler(process.env.LAMBDA_TASK_ROOT, process.env._HANDLER).catch((error) =>
  endWith('Uncaught Exception', error, EXIT_UNCAUGHT_EXCEPTION),
);

for (;;) {
  const { event, context } = await api.next();
  markTaken();
  requestId = context.awsRequestId;
  try {
    const result = await callHandler(handler, event, context);
    await api.invocationResponse(requestId, result);
  } catch (error) {
    logError('Invoke Error', error);
    await api.invocationError(requestId, describeError(error));
  }
}

function refuseStreaming() {
  const refuse = () => {
    throw new Error("Response streaming is not implemented by Skyground's embedded cloud.");
  };
  globalThis.awslambda = { streamifyResponse: refuse, HttpResponseStream: { from: refuse } };
}
