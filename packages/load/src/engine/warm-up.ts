import { once } from 'node:events';
import { createServer } from 'node:http';
import { httpSender } from '../senders/http.ts';
import type { Alarm } from './alarm.ts';
import type { NowMs } from './clock.ts';
import { driveOpen } from './drive-open.ts';

const requests = 300;
const ratePerSecond = 2000;
const maxInFlight = 16;

/**
 * Drives the engine for a moment against a server of its own in this thread and forgets the samples. What a new thread
 * runs has not been compiled yet: at 5,000 requests a second it would fall behind by tens of milliseconds at once, and
 * open a connection for every request that waits meanwhile. The target sees nothing of it.
 */
export async function warmUp(alarm: Alarm, nowMs: NowMs, signal: AbortSignal): Promise<void> {
  const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const sender = httpSender(
    {
      kind: 'http',
      url: `http://127.0.0.1:${port}/`,
      method: 'GET',
      headers: {},
      body: null,
      answerIdHeader: null,
    },
    { nowMs, requestTimeoutMs: 1000, maxInFlight },
  );
  try {
    await driveOpen(
      Float64Array.from({ length: requests }, (_, index) => (index * 1000) / ratePerSecond),
      {
        name: 'warm-up',
        sender,
        nowMs,
        alarm,
        startAtMs: nowMs(),
        maxInFlight,
        onSample: () => undefined,
        onWarning: () => undefined,
        signal,
      },
    );
  } finally {
    await sender.close();
    server.close();
    server.closeAllConnections();
  }
}
