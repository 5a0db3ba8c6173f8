import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that takes as long as a network would. */
export interface Distance {
  /** The same URL by that way. */
  readonly url: string;
  close(): void;
}

/** Passes connections on to the server of `url`, each byte half of `roundTripMs` later in either direction. Modelled: no loss, no jitter. */
export async function distance(url: string, roundTripMs: number): Promise<Distance> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [client, far]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.once('close', () => sockets.delete(socket));
      // Whoever breaks off is told of by the tools, who see the other end close.
      socket.on('error', () => socket.destroy());
    }
    passOn(client, far, roundTripMs / 2);
    passOn(far, client, roundTripMs / 2);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // listen() has resolved on a TCP port.
  const near = server.address() as AddressInfo;
  return {
    url: url.replace(`:${port}/`, `:${near.port}/`),
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Timers of one length fire in the order in which they were set, so bytes arrive in theirs. */
function passOn(from: Socket, to: Socket, delayMs: number): void {
  from.on('data', (chunk) => setTimeout(() => to.write(chunk), delayMs));
  from.on('close', () => setTimeout(() => to.destroy(), delayMs));
}
