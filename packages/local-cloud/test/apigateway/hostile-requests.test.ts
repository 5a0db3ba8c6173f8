import { expect, test, vi } from 'vitest';
import { type Gateways, httpApi, startGateways } from './gateway-fixture.ts';
import { closing, rawRequest } from './raw-request.ts';
import { restApi } from './rest-api-fixture.ts';

const both = async (gateways: Gateways) => {
  const http = await httpApi(gateways, ['ANY /{proxy+}', '$default']);
  const rest = await restApi(gateways, ['ANY /{proxy+}']);
  return [new URL(http.url).pathname, new URL(rest.url).pathname];
};

test('is open to web pages, but only at an address of this machine', async () => {
  const gateways = await startGateways();
  for (const path of await both(gateways)) {
    const page = ['Origin: https://page.example', 'Sec-Fetch-Site: cross-site'];
    expect(await rawRequest(gateways.port, closing('GET', `${path}/x`, gateways.port, page))).toMatch(
      /^HTTP\/1.1 200 /,
    );
    for (const host of ['page.example', '127.0.0.1.page.example:80', 'localhost.page.example']) {
      const rebound = `GET ${path}/x HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
      expect(await rawRequest(gateways.port, rebound)).toMatch(/^HTTP\/1.1 403 /);
    }
  }
  expect(gateways.fn.events).toHaveLength(2);
});

test.each([
  '/_execute-apix/list',
  '/_execute-api%2Fx',
  '/%5Fexecute-api/x',
  '//_execute-api/x',
  '/x/../_execute-api/x',
  'http://127.0.0.1/_execute-api/x',
])('only the exact prefix is open: %s is refused to pages', async (path) => {
  const gateways = await startGateways();
  const answer = await rawRequest(
    gateways.port,
    closing('GET', path, gateways.port, ['Origin: https://page.example']),
  );
  expect(answer).toMatch(/^HTTP\/1.1 403 /);
  expect(answer).toContain('web page');
});

test('absurd paths are answered', async () => {
  const gateways = await startGateways();
  for (const path of await both(gateways)) {
    for (const tail of [
      '/../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/..%2f..%2fx',
      '/a%2Fb%2F%2Fc',
      '/%00',
      '/%0d%0aX-Evil:%201',
      '/%F0%9F%92%A9',
      `/${'a/'.repeat(4000)}`,
      `/${'x'.repeat(12_000)}`,
      '/__proto__/constructor',
      '/?__proto__=1&constructor=2&toString',
      `/?${'a&'.repeat(5000)}`,
      '//////',
      '/{proxy+}',
      '/;a=b',
    ]) {
      const answer = await rawRequest(gateways.port, closing('GET', `${path}${tail}`, gateways.port));
      expect(answer, tail).toMatch(/^HTTP\/1.1 (?:200|403) /);
      expect(answer, tail).not.toMatch(/^X-Evil/im);
    }
  }
});

test('members that every object inherits are plain names', async () => {
  const gateways = await startGateways();
  const [path] = await both(gateways);
  await rawRequest(gateways.port, closing('GET', `${path}/x?__proto__=a`, gateways.port, ['__proto__: b']));
  const { queryStringParameters, headers } = gateways.fn.events[0] ?? {};
  expect(Object.entries(Object(queryStringParameters))).toEqual([['__proto__', 'a']]);
  expect(Object.entries(Object(headers))).toContainEqual(['__proto__', 'b']);
});

test('percent-encoding that is no UTF-8 is a Bad Request', async () => {
  const gateways = await startGateways();
  const [http, rest] = await both(gateways);
  for (const path of [
    `${http}/%ff`,
    `${http}/%`,
    `${http}/%zz`,
    `${http}/x?%ff`,
    `${rest}/x?a=%c3`,
    `${rest}/x?%`,
  ]) {
    const answer = await rawRequest(gateways.port, closing('GET', path, gateways.port));
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(answer).toContain('{"message":"Bad Request"}');
  }
  expect(gateways.fn.events).toEqual([]);
});

test('a REST API hands on what it does not decode', async () => {
  const gateways = await startGateways();
  const [, rest] = await both(gateways);
  await rawRequest(gateways.port, closing('GET', `${rest}/%ff/a%2fb`, gateways.port));
  expect(gateways.fn.events[0]).toMatchObject({ path: '/%ff/a%2fb', pathParameters: { proxy: '%ff/a%2fb' } });
});

test('an encoded slash is a part of its segment', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['GET /items/{id}']);
  await fetch(`${url}/items/a%2Fb`);
  expect(gateways.fn.events[0]).toMatchObject({ rawPath: '/items/a/b', pathParameters: { id: 'a/b' } });
});

test('huge headers are refused before the gateway sees them', async () => {
  const gateways = await startGateways();
  const [path] = await both(gateways);
  const answer = await rawRequest(
    gateways.port,
    closing('GET', `${path}/x`, gateways.port, [`X-Huge: ${'x'.repeat(40_000)}`]),
  );
  expect(answer).toMatch(/^HTTP\/1.1 431 /);
  expect(gateways.fn.events).toEqual([]);
});

test.each([
  ['two lengths', ['Content-Length: 5', 'Content-Length: 6'], 'hello'],
  ['a length and chunks', ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'],
  ['a length that is none', ['Content-Length: 0x5'], 'hello'],
  ['a negative length', ['Content-Length: -1'], ''],
  ['chunks that are not last', ['Transfer-Encoding: chunked, identity'], '0\r\n\r\n'],
  ['an obsolete line fold', ['X-Folded: a', ' b'], ''],
  ['a blank before the colon', ['Host : evil'], ''],
  ['a bad chunk', ['Transfer-Encoding: chunked'], 'zz\r\nhello\r\n0\r\n\r\n'],
])(
  'a request that two servers could read differently reaches no function: %s',
  async (_what, headers, body) => {
    const gateways = await startGateways();
    const [path] = await both(gateways);
    const smuggled = `GET ${path}/smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    const answer = await rawRequest(
      gateways.port,
      closing('POST', `${path}/x`, gateways.port, headers, `${body}${smuggled}`),
    );
    expect(answer).toMatch(/^HTTP\/1.1 400 /);
    expect(gateways.fn.events).toEqual([]);
  },
);

test('a body that is cut off reaches no function', async () => {
  const gateways = await startGateways();
  for (const path of await both(gateways)) {
    const cut = closing('POST', `${path}/x`, gateways.port, ['Content-Length: 10'], 'hello');
    await rawRequest(gateways.port, cut, { end: true });
  }
  expect(gateways.fn.events).toEqual([]);
});

test('a body that is not read leaves nothing behind for the next request', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['GET /x']);
  const { pathname } = new URL(url);
  const smuggled = `GET ${pathname}/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  // 404 is answered before the body has come.
  const start = `POST ${pathname}/missing HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n${smuggled}`;
  const answer = await rawRequest(gateways.port, start, { end: true });
  expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 404']);
  expect(gateways.fn.events).toEqual([]);
});

test('a client that waits to be asked for its body is asked, and not for one that is too long', async () => {
  const gateways = await startGateways();
  const [path] = await both(gateways);
  const asking = closing(
    'POST',
    `${path}/x`,
    gateways.port,
    ['Expect: 100-continue', 'Content-Length: 5'],
    'hello',
  );
  expect(await rawRequest(gateways.port, asking)).toMatch(/^HTTP\/1.1 100 Continue\r\n\r\nHTTP\/1.1 200 /);
  const long = closing('POST', `${path}/x`, gateways.port, [
    'Expect: 100-continue',
    'Content-Length: 99999999',
  ]);
  expect(await rawRequest(gateways.port, long, { end: true })).toMatch(/^HTTP\/1.1 413 /);
});

test('connections are kept for the next request', async () => {
  const gateways = await startGateways();
  const [path] = await both(gateways);
  const keep = `GET ${path}/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
  const last = closing('GET', '/_execute-api/nobody', gateways.port);
  const answer = await rawRequest(gateways.port, `${keep}${keep}${last}`);
  expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200', 'HTTP/1.1 403']);
});

test('a fault of a function’s environment says nothing of it', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['$default']);
  const stderr = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  gateways.fn.answer = () => {
    throw new Error('secret');
  };
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(stderr.mock.calls.join()).toContain('secret');
  stderr.mockRestore();
});
