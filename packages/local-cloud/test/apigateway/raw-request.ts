import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends bytes as they are and reads until the server ends the connection: what no HTTP client would send. */
export async function rawRequest(
  port: number,
  bytes: string | Buffer,
  options: { end?: boolean; readLate?: boolean } = {},
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  // Whatever breaks is seen by the reader below, if anything is left to read.
  socket.on('error', () => {});
  await once(socket, 'connect');
  try {
    if (options.end === true) socket.end(bytes);
    else if (options.readLate === true) await written(socket, bytes);
    else socket.write(bytes);
    return await text(socket);
  } catch {
    return '(reset)';
  } finally {
    socket.destroy();
  }
}

/** Resolves when every byte is with the other side: a client that reads nothing before. */
function written(socket: Socket, bytes: string | Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  return promise;
}

/** A request whose answer ends the connection. */
export function closing(
  method: string,
  path: string,
  port: number,
  headers: readonly string[] = [],
  body = '',
): string {
  return [
    `${method} ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'Connection: close',
    ...headers,
    '',
    body,
  ].join('\r\n');
}
