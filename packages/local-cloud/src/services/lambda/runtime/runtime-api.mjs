const { Agent, request } = process.getBuiltinModule('node:http');

const BASE_PATH = '/2018-06-01/runtime';
const JSON_TYPE = 'application/json';

/** The Runtime API's client: one connection, kept. When it breaks the cloud is gone, and so is this process. */
export function createRuntimeApi(address) {
  const [host, port] = address.split(':');
  const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true });

  function call(method, path, body, headers = {}) {
    return new Promise((resolve) => {
      const lengthHeader = body === undefined ? {} : { 'Content-Length': Buffer.byteLength(body) };
      const outgoing = request(
        { host, port, agent, method, path: `${BASE_PATH}${path}`, headers: { ...headers, ...lengthHeader } },
        (response) => {
          const chunks = [];
          response.on('data', (chunk) => chunks.push(chunk));
          response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
        },
      );
      outgoing.on('socket', endWithTheCloud);
      outgoing.on('error', () => process.exit(1));
      outgoing.end(body);
    });
  }

  const reportError = (path, description) =>
    call('POST', path, JSON.stringify(description), {
      'Content-Type': JSON_TYPE,
      'Lambda-Runtime-Function-Error-Type': encodeURIComponent(description.errorType),
    });

  return {
    async next() {
      const { headers, body } = await call('GET', '/invocation/next');
      const traceId = headers['lambda-runtime-trace-id'];
      if (traceId !== undefined) process.env._X_AMZN_TRACE_ID = traceId;
      return { event: JSON.parse(body.toString()), context: createContext(headers) };
    },
    // A handler that returns nothing answers null.
    invocationResponse: (requestId, result) =>
      call('POST', `/invocation/${requestId}/response`, serialise(result), { 'Content-Type': JSON_TYPE }),
    invocationError: (requestId, description) => reportError(`/invocation/${requestId}/error`, description),
    initError: (description) => reportError('/init/error', description),
  };
}

const watched = new WeakSet();

function endWithTheCloud(socket) {
  if (watched.has(socket)) return;
  watched.add(socket);
  socket.on('close', () => process.exit(1));
}

function serialise(result) {
  try {
    return JSON.stringify(result === undefined ? null : result) ?? 'null';
  } catch (error) {
    throw new Error('Unable to stringify response body', { cause: error });
  }
}

function createContext(headers) {
  const deadlineMs = Number(headers['lambda-runtime-deadline-ms']);
  const json = (value) => (value === undefined ? undefined : JSON.parse(value));
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: json(headers['lambda-runtime-client-context']),
    identity: json(headers['lambda-runtime-cognito-identity']),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
}
