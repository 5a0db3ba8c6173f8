import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long what is left of a request's body is read; loopback carries gigabytes in this time. */
const LINGER_MS = 5_000;

/**
 * Sends the last bytes of an answer whose head is written. Where the client is still sending its body, the rest of it is read
 * and dropped first: a connection that is closed with bytes unread is reset, and the client loses the answer (a 413, say).
 */
export async function endAnswer(response: ServerResponse, body?: string | Uint8Array): Promise<void> {
  const { req: message } = response;
  if (message.complete) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  if (body !== undefined) response.write(body);
  await dropRest(message);
  response.end();
}

async function dropRest(message: IncomingMessage): Promise<void> {
  if (message.destroyed) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, LINGER_MS);
  // After the last byte, and when the connection ends.
  message.once('close', resolve);
  message.resume();
  await promise;
  clearTimeout(timer);
}
