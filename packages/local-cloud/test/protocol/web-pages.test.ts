import { once } from 'node:events';
import { type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { Sha256 } from '@aws-crypto/sha256-js';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Service } from '../../src/server/service.ts';
import { type RunningServer, startServer } from '../../src/server/start-server.ts';
import { CREDENTIALS, REGION } from '../s3/s3-fixture.ts';

const called: string[] = [];
const services: Service[] = [
  { id: 's3', operations: { ListBuckets: async () => void called.push('s3') } },
  { id: 'sts', operations: { GetCallerIdentity: async () => void called.push('sts') } },
  { id: 'lambda', operations: { ListFunctions: async () => void called.push('lambda') } },
];

/** What a page can send without asking first (a "simple request"): no header of its own making. */
async function send(
  server: RunningServer,
  headers: OutgoingHttpHeaders,
  options: { method?: string; path?: string; body?: string } = {},
): Promise<{ status: number; body: string }> {
  const { method = 'POST', path = '/', body = 'Action=GetCallerIdentity&Version=2011-06-15' } = options;
  const sent = request({
    host: '127.0.0.1',
    port: server.port,
    method,
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  sent.end(method === 'GET' ? undefined : body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (answer === undefined) throw new Error('A response event has a response.');
  return { status: answer.statusCode ?? 0, body: await text(answer) };
}

describe.each([true, false])('with verify %s, a request', (verify) => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({
      services,
      port: 0,
      authentication: { credentials: CREDENTIALS, verify },
      clock: systemClock,
    });
  });
  afterAll(() => server.stop());

  async function presigned(service: string, method: string, path: string, query: Record<string, string>) {
    const signer = new SignatureV4({ service, region: REGION, credentials: CREDENTIALS, sha256: Sha256 });
    const unsigned = service === 's3' ? { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } : {};
    const headers = { host: `127.0.0.1:${server.port}`, ...unsigned };
    const signed = await signer.presign(
      new HttpRequest({ method, hostname: '127.0.0.1', port: server.port, path, query, headers }),
      { unsignableHeaders: new Set(Object.keys(unsigned)) },
    );
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(signed.query ?? {})) parameters.set(name, String(value));
    return `${path}?${parameters.toString()}`;
  }

  test.each<[string, OutgoingHttpHeaders]>([
    ['of a page', { origin: 'https://page.example' }],
    ['of a sandboxed page', { origin: 'null' }],
    ['of a page on this machine', { origin: 'http://localhost:3000' }],
    ['that crosses sites', { 'sec-fetch-site': 'cross-site' }],
    ['of another port of this machine', { 'sec-fetch-site': 'same-site' }],
    ['of a page that a function served on this very port', { 'sec-fetch-site': 'same-origin' }],
    ['to a name that was rebound to this machine', { host: 'page.example:7594' }],
    ['to a name that begins like ours', { host: 'localhost.page.example' }],
    ['to an address that begins like ours', { host: '127.0.0.1.page.example:7594' }],
  ])('%s is refused before anything is done', async (_what, headers) => {
    called.length = 0;
    expect(await send(server, headers)).toMatchObject({
      status: 403,
      body: expect.stringContaining('web page'),
    });
    // Signed or not.
    const path = await presigned('s3', 'GET', '/', {});
    expect(await send(server, headers, { method: 'GET', path })).toMatchObject({ status: 403 });
    expect(called).toEqual([]);
  });

  test.each<[string, OutgoingHttpHeaders]>([
    ['127.0.0.1', {}],
    ['localhost', { host: 'localhost:7594' }],
    ['[::1]', { host: '[::1]:7594' }],
    ['127.0.0.1 without a port', { host: '127.0.0.1' }],
    ['127.0.0.1, typed into a browser', { 'sec-fetch-site': 'none' }],
  ])('to %s is taken', async (_what, headers) => {
    expect((await send(server, headers)).body).not.toContain('web page');
  });

  test('signed in its query is taken by S3 alone', async () => {
    called.length = 0;
    const s3 = await presigned('s3', 'GET', '/', {});
    expect(await send(server, {}, { method: 'GET', path: s3 })).toMatchObject({ status: 200 });
    const lambda = await presigned('lambda', 'GET', '/2015-03-31/functions', {});
    expect(await send(server, {}, { method: 'GET', path: lambda })).toMatchObject({
      status: 403,
      body: expect.stringContaining('Authorization header'),
    });
    const sts = await presigned('sts', 'GET', '/', { Action: 'GetCallerIdentity', Version: '2011-06-15' });
    expect(await send(server, {}, { method: 'GET', path: sts })).toMatchObject({ status: 403 });
    expect(called).toEqual(['s3']);
  });
});
