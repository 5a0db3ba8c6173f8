import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Script {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers each request by the function given (its number, 0-based); 200 with the text `ok` for undefined. */
export async function serve(
  answer: (index: number) => Promise<Script | undefined> | Script | undefined,
): Promise<{ readonly url: string; readonly requests: { method: string; url: string; body: string }[] }> {
  const requests: { method: string; url: string; body: string }[] = [];
  const reply = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '' } = request;
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const index = requests.push({ method, url, body }) - 1;
    const script = await answer(index);
    response.writeHead(script?.status ?? 200, { 'content-type': 'application/json', ...script?.headers });
    response.end(script?.body ?? 'ok');
  };
  const server = createServer((request, response) => {
    // A client that gives up in the middle is part of some tests.
    reply(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // listen() has resolved on a TCP port.
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/path?query=1`, requests };
}
