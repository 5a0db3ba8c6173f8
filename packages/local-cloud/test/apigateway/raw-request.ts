import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** Sends bytes as they are and reads until the server ends the connection: what no HTTP client would send. */
export async function rawRequest(
  port: number,
  bytes: string | Buffer,
  options: { end?: boolean } = {},
): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  if (options.end === true) socket.end(bytes);
  else socket.write(bytes);
  try {
    return await text(socket);
  } catch {
    return '(reset)';
  } finally {
    socket.destroy();
  }
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
