/**
 * The scripted server of the benchmarks, in a process of its own: answers at once, or after a fixed time; stalls once
 * (from the request given, all answers are held for the time given); keeps its own record of how long it took.
 */
import { createServer, type ServerResponse } from 'node:http';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    'delay-ms': { type: 'string', default: '0' },
    'stall-at': { type: 'string', default: '-1' },
    'stall-ms': { type: 'string', default: '0' },
  },
});
const delayMs = Number(values['delay-ms']);
const stallAt = Number(values['stall-at']);
const stallMs = Number(values['stall-ms']);
const tookMs: number[] = [];
let requests = 0;
let stalledUntilMs = 0;

const server = createServer((_, response) => {
  const receivedMs = performance.now();
  if (requests === stallAt) stalledUntilMs = receivedMs + stallMs;
  requests += 1;
  const waitMs = Math.max(delayMs, stalledUntilMs - receivedMs);
  if (waitMs > 0) setTimeout(answer, waitMs, response, receivedMs);
  else answer(response, receivedMs);
});

function answer(response: ServerResponse, receivedMs: number): void {
  response.end('ok');
  tookMs.push(performance.now() - receivedMs);
}

process.on('message', () => {
  process.send?.({ requests, tookMs });
  requests = 0;
  tookMs.length = 0;
});
process.on('disconnect', () => process.exit(0));
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.send?.({ port: address.port });
});
