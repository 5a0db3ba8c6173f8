import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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
  readonly clock: Clock;
  readonly onFault?: (fault: unknown, operationName: string) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  readonly port: number;
  /** Ends every connection and resolves when the port is free. Operations that began may still run. */
  close(): Promise<void>;
  /** close(), and resolves when every operation has ended: nothing of the server uses the database any more. */
  stop(): Promise<void>;
}

/** Serves the services' operations on one port of 127.0.0.1. The services' own life-cycles are the caller's. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const pipeline: Pipeline = {
    served: await serve(options.services),
    fronts: options.services.flatMap(({ front }) => front ?? []),
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
  const running = new Set<Promise<void>>();
  const handle = (message: IncomingMessage, response: ServerResponse, awaitsContinue: boolean): void => {
    const handled = handleRequest(pipeline, message, response, awaitsContinue).finally(() =>
      running.delete(handled),
    );
    running.add(handled);
  };
  server.on('request', (message, response) => handle(message, response, false));
  server.on('checkContinue', (message, response) => handle(message, response, true));
  server.listen(options.port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');

  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  const stop = async (): Promise<void> => {
    await close();
    await Promise.all(running);
  };
  return { endpoint: `http://127.0.0.1:${address.port}`, port: address.port, close, stop };
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
