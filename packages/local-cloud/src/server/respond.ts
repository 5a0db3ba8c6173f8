import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { WireResponse } from '../protocol/wire.ts';
import { endAnswer } from './end-answer.ts';

/** Puts an answer on the wire. A stream that fails half-way breaks the connection: a short body must never look whole. */
export async function respond(
  response: ServerResponse,
  isHead: boolean,
  { status, headers, body }: WireResponse,
): Promise<void> {
  if (response.destroyed) return;
  if (body === undefined || isHead) {
    if (status !== 204 && status !== 304 && !isHead) response.setHeader('content-length', '0');
    response.writeHead(status, headers);
    await endAnswer(response);
    return;
  }
  if (typeof body === 'string' || body instanceof Uint8Array) {
    response.setHeader('content-length', String(Buffer.byteLength(body)));
    response.writeHead(status, headers);
    await endAnswer(response, body);
    return;
  }
  response.writeHead(status, headers);
  await pipeline(body instanceof Readable ? body : Readable.from(body, { objectMode: false }), response);
}
