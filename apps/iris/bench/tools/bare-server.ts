import { fork } from 'node:child_process';
import { once } from 'node:events';
import * as z from 'zod';

/** A server that does nothing but answer: what is measured on it is the client's own time, and the loopback's. */
export interface BareServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** In a process of its own, as the API is. `answer` is the body of every answer. */
export async function bareServer(answer: string, signal: AbortSignal): Promise<BareServer> {
  const child = fork(new URL('bare-server-process.ts', import.meta.url), [answer]);
  try {
    const [message]: unknown[] = await once(child, 'message', { signal });
    const { port } = z.object({ port: z.int() }).parse(message);
    const stop = async (): Promise<void> => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    };
    return { url: `http://127.0.0.1:${port}/default/predict`, stop };
  } catch (error) {
    child.kill();
    throw error;
  }
}
