import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type CloudClients, createClients, Retirer } from '../src/index.ts';

/** Lambda, as far as a retirer asks it: a change is under way until it was asked for, and refuses another one until then. */
let lambda: Server;
let clients: CloudClients;
const variablesOf = new Map<string, unknown>();
const underWay = new Set<string>();
const signal = new AbortController().signal;

beforeEach(async () => {
  lambda = createServer((request, response) => void answer(request, response));
  await once(lambda.listen(0, '127.0.0.1'), 'listening');
  const address = lambda.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  clients = createClients({
    kind: 'local',
    label: 'a cloud',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'key', secretAccessKey: 'secret' },
    cpuShare: { kind: 'off' },
  });
});

afterEach(async () => {
  clients.destroy();
  lambda.closeAllConnections();
  lambda.close();
  variablesOf.clear();
  underWay.clear();
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const name = /functions\/([^/]+)\/configuration/.exec(request.url ?? '')?.[1] ?? '';
  const give = (status: number, body: object, type = '') => {
    response.writeHead(status, type === '' ? {} : { 'x-amzn-errortype': type }).end(JSON.stringify(body));
  };
  const sent = await textOf(request);
  if (request.method === 'GET') {
    const LastUpdateStatus = underWay.delete(name) ? 'InProgress' : 'Successful';
    give(200, { LastUpdateStatus, Environment: { Variables: variablesOf.get(name) } });
  } else if (underWay.has(name)) {
    give(409, { message: 'under way' }, 'ResourceConflictException');
  } else {
    underWay.add(name);
    variablesOf.set(name, JSON.parse(sent).Environment.Variables);
    give(200, {});
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

it('gives variables back that a stop left half changed: it waits for the change that is under way', async () => {
  variablesOf.set('one', { KEPT: 'yes' });
  const retirer = new Retirer(clients, () => 1);
  await retirer.retire('one', signal);
  expect(variablesOf.get('one')).toEqual({ KEPT: 'yes', SKYGROUND_ENVIRONMENTS_SINCE: '1' });
  underWay.add('one');
  expect(retirer.changed).toEqual(['one']);
  await retirer.restore('one', signal);
  expect(retirer.changed).toEqual([]);
  expect(variablesOf.get('one')).toEqual({ KEPT: 'yes' });
});
