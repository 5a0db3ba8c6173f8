import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';

const recordSchema = z.object({ requests: z.number(), tookMs: z.array(z.number()) });
export type ServerRecord = z.infer<typeof recordSchema>;

export interface ScriptedServer {
  readonly url: string;
  readonly pid: number;
  /** What the server itself measured since it was last asked. */
  record(): Promise<ServerRecord>;
  stop(): Promise<void>;
}

async function answerOf(child: ChildProcess): Promise<unknown> {
  const [message]: unknown[] = await once(child, 'message');
  return message;
}

export async function startServer(...options: string[]): Promise<ScriptedServer> {
  const child = fork(new URL('./server.ts', import.meta.url), options);
  const { port } = z.object({ port: z.number() }).parse(await answerOf(child));
  return {
    url: `http://127.0.0.1:${port}/`,
    pid: child.pid ?? 0,
    record: async () => {
      child.send('record');
      return recordSchema.parse(await answerOf(child));
    },
    stop: async () => {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
