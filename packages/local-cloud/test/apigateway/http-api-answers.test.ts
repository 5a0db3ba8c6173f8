import { expect, test } from 'vitest';
import { httpApi, startGateways } from './gateway-fixture.ts';

const made = new Map<string, ReturnType<typeof httpApi>>();

/** What the API of a format, one for all of these tests, makes of its function's answer. */
async function answered(format: '1.0' | '2.0', answer: unknown) {
  const gateways = await startGateways();
  const making = made.get(format) ?? httpApi(gateways, ['$default'], { format });
  made.set(format, making);
  const { url } = await making;
  gateways.fn.answer = () => answer;
  const response = await fetch(url);
  return { response, body: await response.text() };
}

test.each([
  ['an object', { a: 1 }, '{"a":1}'],
  ['a list', [1, 2], '[1,2]'],
  ['a text', 'hello', 'hello'],
  ['nothing', null, 'null'],
])('format 2.0 takes %s without a statusCode as the body of a 200', async (_what, answer, expected) => {
  const { response, body } = await answered('2.0', answer);
  expect([response.status, response.headers.get('content-type'), body]).toEqual([
    200,
    'application/json',
    expected,
  ]);
});

test('format 2.0 sends status, headers, cookies and a binary body', async () => {
  const { response, body } = await answered('2.0', {
    statusCode: 201,
    headers: { 'X-Own': 'a', 'X-Number': 7, 'content-type': 'image/png', 'X-Text': 'é✓' },
    cookies: ['a=1; Path=/', 'b=2'],
    body: Buffer.from('bytes').toString('base64'),
    isBase64Encoded: true,
  });
  expect([response.status, body]).toEqual([201, 'bytes']);
  expect(response.headers.get('x-own')).toBe('a');
  expect(response.headers.get('x-number')).toBe('7');
  expect(Buffer.from(response.headers.get('x-text') ?? '', 'latin1').toString()).toBe('é✓');
  expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  expect(response.headers.get('apigw-requestid')).toMatch(/^[\w-]{15}=$/);
});

test('a body without a content type is text', async () => {
  const { response } = await answered('2.0', { statusCode: 200, body: 'x' });
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
});

test('format 1.0 sends headers of several values', async () => {
  const { response } = await answered('1.0', {
    statusCode: 200,
    headers: { 'x-one': '1' },
    multiValueHeaders: { 'set-cookie': ['a=1', 'b=2'] },
  });
  expect(response.headers.get('x-one')).toBe('1');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
});

test.each<['1.0' | '2.0', string, unknown]>([
  ['1.0', 'without a statusCode', { body: 'x' }],
  ['1.0', 'that is a text', 'x'],
  ['2.0', 'with a statusCode that is none', { statusCode: 'ok' }],
  ['2.0', 'with a status that ends no request', { statusCode: 101 }],
  ['2.0', 'with a body that is no text', { statusCode: 200, body: { a: 1 } }],
  ['2.0', 'with a header of two lines', { statusCode: 200, headers: { a: 'b\r\nSet-Cookie: c=d' } }],
  ['2.0', 'with a header name of two lines', { statusCode: 200, headers: { 'a\r\nb': 'c' } }],
  ['2.0', 'with a cookie of two lines', { statusCode: 200, cookies: ['a=1\r\nX-Evil: 1'] }],
])('format %s: an answer %s is an Internal Server Error', async (format, _what, answer) => {
  const { response, body } = await answered(format, answer);
  expect([response.status, body]).toEqual([500, '{"message":"Internal Server Error"}']);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(response.headers.get('x-evil')).toBeNull();
});

test('an answer cannot say how it is framed', async () => {
  const { response, body } = await answered('2.0', {
    statusCode: 200,
    headers: { 'Content-Length': '1', 'Transfer-Encoding': 'chunked', Connection: 'upgrade', Upgrade: 'h2c' },
    body: 'whole',
  });
  expect([response.status, body]).toEqual([200, 'whole']);
  expect(response.headers.get('content-length')).toBe('5');
});

test.each([204, 304])('a %i has no body whatever its function says', async (statusCode) => {
  const { response, body } = await answered('2.0', { statusCode, body: 'not sent' });
  expect([response.status, body, response.headers.get('content-length')]).toEqual([statusCode, '', null]);
});

test('HEAD has the headers of the answer alone', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['$default']);
  gateways.fn.answer = () => ({ statusCode: 200, body: 'four' });
  const response = await fetch(url, { method: 'HEAD' });
  expect([response.status, await response.text(), response.headers.get('content-length')]).toEqual([
    200,
    '',
    '4',
  ]);
});

test('a function that fails is an Internal Server Error', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['$default']);
  gateways.fn.isFunctionError = true;
  gateways.fn.answer = () => ({ errorType: 'Error', errorMessage: 'secret' });
  const response = await fetch(url);
  expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
});
