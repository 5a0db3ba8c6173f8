import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { comesFromWebPage } from '../../../server/web-page.ts';
import { MAXIMUM_RESPONSE_BYTES } from '../limits.ts';
import type { RuntimeEvent } from './runtime-event.ts';

const BASE_PATH = '/2018-06-01/runtime';

export interface RuntimeInvocation {
  readonly requestId: string;
  readonly payload: Uint8Array;
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  /** JSON text. */
  readonly clientContext: string | undefined;
}

/** The Runtime API of one environment, on a loopback port of its own since its paths name no environment. */
export class RuntimeApi {
  readonly #server: Server;
  readonly #onEvent: (event: RuntimeEvent) => void;
  #waiting: ServerResponse | undefined;
  #requestId: string | undefined;

  constructor(onEvent: (event: RuntimeEvent) => void) {
    this.#onEvent = onEvent;
    // The process lives as long as its connection, so nothing here may close it for being quiet.
    this.#server = createServer({ keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0, noDelay: true });
    this.#server.on('request', (request, response) => void this.#handle(request, response));
  }

  /** `127.0.0.1:PORT`, as AWS_LAMBDA_RUNTIME_API wants it. */
  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
    return `127.0.0.1:${address.port}`;
  }

  /** Answers the process that waits at /next. */
  send(invocation: RuntimeInvocation): void {
    const waiting = this.#waiting;
    if (waiting === undefined)
      throw new Error('An invocation was sent to a runtime that had not asked for one.');
    this.#waiting = undefined;
    this.#requestId = invocation.requestId;
    waiting.writeHead(200, {
      'Content-Type': 'application/json',
      'Content-Length': invocation.payload.byteLength,
      'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
      'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
      'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
      'Lambda-Runtime-Trace-Id': invocation.traceId,
      ...(invocation.clientContext === undefined
        ? {}
        : { 'Lambda-Runtime-Client-Context': invocation.clientContext }),
    });
    waiting.end(invocation.payload);
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (comesFromWebPage(request.headers)) {
      answer(response, 403, { errorType: 'AccessDenied', errorMessage: 'Not for web pages.' });
      return;
    }
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${BASE_PATH}/invocation/next`) {
      this.#waiting = response;
      this.#onEvent({ kind: 'next' });
      return;
    }
    const body = await readBody(request);
    if (body === 'aborted') return;
    if (request.method === 'POST' && path === `${BASE_PATH}/init/error`) {
      this.#report('init-error', request, body, response);
      return;
    }
    const [, requestId, outcome] =
      path.match(/^\/2018-06-01\/runtime\/invocation\/([^/]+)\/(response|error)$/) ?? [];
    if (request.method !== 'POST' || outcome === undefined) {
      answer(response, 404, { errorType: 'NotFound', errorMessage: `No such path: ${path}` });
    } else if (requestId !== this.#requestId) {
      answer(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
    } else if (outcome === 'error') {
      this.#report('error', request, body, response);
    } else {
      this.#respond(request, body, response);
    }
  }

  #respond(request: IncomingMessage, body: Buffer | 'too-large', response: ServerResponse): void {
    if (request.headers['lambda-runtime-function-response-mode'] === 'streaming') {
      answer(response, 400, {
        errorType: 'NotImplemented',
        errorMessage: 'Response streaming is not implemented.',
      });
      return;
    }
    if (body === 'too-large') {
      this.#onEvent({ kind: 'response-too-large' });
      answer(response, 413, {
        errorType: 'RequestEntityTooLarge',
        errorMessage: 'Exceeded maximum payload size',
      });
      return;
    }
    this.#onEvent({ kind: 'response', payload: body });
    answer(response, 202, { status: 'OK' });
  }

  #report(
    kind: 'error' | 'init-error',
    request: IncomingMessage,
    body: Buffer | 'too-large',
    response: ServerResponse,
  ): void {
    const payload = body === 'too-large' ? Buffer.from('{}') : body;
    const declared = request.headers['lambda-runtime-function-error-type'];
    const errorType = typeof declared === 'string' ? decoded(declared) : 'Runtime.UnknownReason';
    this.#onEvent({ kind, report: { errorType, payload } });
    answer(response, 202, { status: 'OK' });
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'too-large' | 'aborted'> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of request) {
      sizeBytes += chunk.length;
      if (sizeBytes <= MAXIMUM_RESPONSE_BYTES) chunks.push(chunk);
    }
  } catch {
    // The process died while it was sending; its exit is an event of its own.
    return 'aborted';
  }
  return sizeBytes > MAXIMUM_RESPONSE_BYTES ? 'too-large' : Buffer.concat(chunks);
}

/** Our runtime encodes the type, since a header cannot hold every error's name. Other text is taken as it is. */
function decoded(headerValue: string): string {
  try {
    return decodeURIComponent(headerValue);
  } catch {
    return headerValue;
  }
}

function answer(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
