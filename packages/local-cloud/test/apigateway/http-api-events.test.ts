import { request } from 'node:http';
import { expect, test } from 'vitest';
import { httpApi, startGateways } from './gateway-fixture.ts';

test('format 2.0 has every member that AWS documents', async () => {
  const gateways = await startGateways();
  const { apiId, url } = await httpApi(gateways, ['POST /items/{id}'], {
    stage: { StageName: 'prod', StageVariables: { table: 'things' } },
  });
  await fetch(`${url}/items/a%20b?x=1&x=2&y=%C3%A9+z&empty`, {
    method: 'POST',
    headers: [
      ['Content-Type', 'application/json'],
      ['Cookie', 'a=1; b=2'],
      ['X-Many', 'one'],
      ['X-Many', 'two'],
      ['User-Agent', 'test'],
    ],
    body: '{"ü":1}',
  });
  const [event] = gateways.fn.events;
  const nowMs = gateways.clock.now();
  expect(event).toEqual({
    version: '2.0',
    routeKey: 'POST /items/{id}',
    rawPath: '/prod/items/a b',
    rawQueryString: 'x=1&x=2&y=%C3%A9+z&empty',
    cookies: ['a=1', 'b=2'],
    headers: {
      accept: '*/*',
      'accept-encoding': expect.any(String),
      'accept-language': '*',
      'content-length': '8',
      'content-type': 'application/json',
      host: `127.0.0.1:${gateways.port}`,
      'sec-fetch-mode': 'cors',
      'user-agent': 'test',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-port': String(gateways.port),
      'x-forwarded-proto': 'http',
      'x-many': 'one, two',
    },
    queryStringParameters: { x: '1,2', y: 'é z', empty: '' },
    requestContext: {
      accountId: '000000000000',
      apiId,
      domainName: `127.0.0.1:${gateways.port}`,
      domainPrefix: apiId,
      http: {
        method: 'POST',
        path: '/prod/items/a b',
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'test',
      },
      requestId: expect.stringMatching(/^[\w-]{15}=$/),
      routeKey: 'POST /items/{id}',
      stage: 'prod',
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
      timeEpoch: nowMs,
    },
    pathParameters: { id: 'a b' },
    stageVariables: { table: 'things' },
    body: '{"ü":1}',
    isBase64Encoded: false,
  });
});

test('format 2.0 leaves out what a request has not', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['$default']);
  await fetch(url);
  const [event] = gateways.fn.events;
  expect(event).toMatchObject({
    routeKey: '$default',
    rawPath: '/',
    rawQueryString: '',
    isBase64Encoded: false,
  });
  for (const member of ['cookies', 'queryStringParameters', 'pathParameters', 'stageVariables', 'body']) {
    expect(event).not.toHaveProperty(member);
  }
});

test('format 1.0 has single and multiple values, and null for what a request has not', async () => {
  const gateways = await startGateways();
  const { apiId, url } = await httpApi(gateways, ['GET /items/{proxy+}'], { format: '1.0' });
  await fetch(`${url}/items/a/b?x=1&x=2`, { headers: { 'User-Agent': 'test' } });
  await fetch(`${url}/items/a`);
  const [event, bare] = gateways.fn.events;
  expect(event).toMatchObject({
    version: '1.0',
    resource: '/items/{proxy+}',
    path: '/items/a/b',
    httpMethod: 'GET',
    headers: { Host: `127.0.0.1:${gateways.port}`, 'User-Agent': 'test', 'Content-Length': '0' },
    multiValueHeaders: { 'User-Agent': ['test'] },
    queryStringParameters: { x: '2' },
    multiValueQueryStringParameters: { x: ['1', '2'] },
    pathParameters: { proxy: 'a/b' },
    stageVariables: null,
    body: null,
    isBase64Encoded: false,
    requestContext: {
      accountId: '000000000000',
      apiId,
      resourceId: 'GET /items/{proxy+}',
      resourcePath: '/items/{proxy+}',
      path: '/items/a/b',
      stage: '$default',
      identity: { sourceIp: '127.0.0.1', userAgent: 'test', accountId: null, user: null },
    },
  });
  expect(bare).toMatchObject({ queryStringParameters: null, multiValueQueryStringParameters: null });
});

test.each([
  ['application/json', false],
  ['text/csv; charset=utf-8', false],
  ['application/problem+json', false],
  ['image/png', true],
  ['application/octet-stream', true],
  ['application/x-www-form-urlencoded', true],
  ['multipart/form-data; boundary=b', true],
])('a body of %s is base64: %s', async (contentType, isBase64Encoded) => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['$default']);
  const bytes = Buffer.from('some bytes');
  await fetch(url, { method: 'POST', headers: { 'content-type': contentType }, body: bytes });
  expect(gateways.fn.events[0]).toMatchObject({
    isBase64Encoded,
    body: bytes.toString(isBase64Encoded ? 'base64' : 'utf8'),
  });
});

test('headers of the connection do not reach the function', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['$default']);
  const sent = request(url, {
    method: 'POST',
    headers: {
      connection: 'close, x-secret-of-this-hop',
      'keep-alive': 'timeout=5',
      te: 'trailers',
      'proxy-authorization': 'Basic eA==',
      'transfer-encoding': 'chunked',
      'x-secret-of-this-hop': '1',
      'x-forwarded-proto': 'https',
      'x-kept': '1',
    },
  });
  const { promise, resolve } = Promise.withResolvers<void>();
  sent.on('response', (response) => response.resume().on('end', resolve));
  sent.end('chunked');
  await promise;
  const { headers, body } = gateways.fn.events[0] ?? {};
  expect(body).toBe('chunked');
  expect(Object.keys(Object(headers)).sort()).toEqual([
    'content-length',
    'host',
    'x-amzn-trace-id',
    'x-forwarded-for',
    'x-forwarded-port',
    'x-forwarded-proto',
    'x-kept',
  ]);
  expect(headers).toMatchObject({ 'x-forwarded-proto': 'http', 'content-length': '7' });
});
