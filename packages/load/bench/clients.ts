import { Agent, get } from 'node:http';
import { httpSender } from '../src/senders/http.ts';
import { machine, spread } from './figures.ts';
import { startServer } from './scripted-server.ts';

/** Compares undici (our sender) with node:http: time and CPU of a request over kept-alive connections, 16 at a time. */
export async function clients(requests: number): Promise<void> {
  const server = await startServer();
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const sender = httpSender(
    { kind: 'http', url: server.url, method: 'GET', headers: {}, body: null, answerIdHeader: null },
    { nowMs: () => performance.now(), requestTimeoutMs: 10_000, maxInFlight: 16 },
  );
  const signal = new AbortController().signal;
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    undici: () => sender.send(signal),
    'node:http': () =>
      new Promise((resolve, reject) => {
        get(server.url, { agent }, (response) => response.resume().once('end', resolve)).once(
          'error',
          reject,
        );
      }),
  };
  try {
    console.log(`HTTP clients (${machine()})`);
    for (const [name, send] of [...Object.entries(ways), ...Object.entries(ways)]) {
      const tookMs: number[] = [];
      const cpu = process.cpuUsage();
      let left = requests;
      const user = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          const startMs = performance.now();
          await send();
          tookMs.push(performance.now() - startMs);
        }
      };
      await Promise.all(Array.from({ length: 16 }, user));
      const { user: userUs, system } = process.cpuUsage(cpu);
      console.log(
        `  ${name.padEnd(10)} ${spread(tookMs)}; CPU ${((userUs + system) / requests).toFixed(0)} µs a request`,
      );
    }
  } finally {
    agent.destroy();
    await sender.close();
    await server.stop();
  }
}
