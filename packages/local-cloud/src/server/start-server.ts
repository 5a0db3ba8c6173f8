import { once } from 'node:events';
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import type { Clock } from '../clock.ts';
import { Router } from '../protocol/router.ts';
import { loadServiceModel } from '../protocol/service-model.ts';
import type { Authentication } from './authenticate.ts';
import { handleRequest, type Pipeline } from './handle-request.ts';
import type { ServedService } from './identify.ts';
import type { Service } from './service.ts';
import { SigningKeys } from './sigv4.ts';

const HEADERS_TIMEOUT_MS = 30_000;
/** S3 allows 8 KB of request headers, 2 KB of them metadata; the rest is room for presigned URLs with long keys. */
const MAX_HEADER_BYTES = 32 * 1024;

export interface ServerOptions {
  readonly services: readonly Service[];
  /** 0 for any free port. */
  readonly port: number;
  readonly authentication: Authentication;
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  /** Aborting it stops the server as stop() does. */
  readonly signal: AbortSignal;
  readonly onFault?: (fault: unknown, operationName: string) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly port: number;
  /** Ends every connection and resolves when the port is free. */
  stop(): Promise<void>;
}

/** Serves the services' operations on one port of 127.0.0.1. The services' own life-cycles are the caller's. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  options.signal.throwIfAborted();
  const pipeline: Pipeline = {
    served: await serve(options.services),
    authenticator: {
      authentication: options.authentication,
      keys: new SigningKeys(options.authentication.credentials.secretAccessKey),
      clock: options.clock,
    },
    onFault: options.onFault ?? reportFault,
  };
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: HEADERS_TIMEOUT_MS,
    // Bodies may take as long as they keep coming (receive-body.ts watches that); connections are kept for the next call.
    requestTimeout: 0,
    keepAliveTimeout: 60_000,
    noDelay: true,
  });
  server.on('request', (message, response) => void handleRequest(pipeline, message, response, false));
  server.on('checkContinue', (message, response) => void handleRequest(pipeline, message, response, true));
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');

  const stop = async (): Promise<void> => {
    options.signal.removeEventListener('abort', onAbort);
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const onAbort = () => void stop();
  options.signal.addEventListener('abort', onAbort, { once: true });
  return { endpoint: `http://127.0.0.1:${address.port}`, port: address.port, stop };
}

async function serve(services: readonly Service[]): Promise<ReadonlyMap<string, ServedService>> {
  const entries = services.map(async (service): Promise<[string, ServedService]> => {
    const model = await loadServiceModel(service.id);
    return [service.id, { service, model, router: new Router(model) }];
  });
  return new Map(await Promise.all(entries));
}

function reportFault(fault: unknown, operationName: string): void {
  process.stderr.write(`local cloud: ${operationName} failed: ${inspect(fault)}\n`);
}
