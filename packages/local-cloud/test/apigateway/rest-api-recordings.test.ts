import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Gateways, startGateways } from './gateway-fixture.ts';
import { restApi } from './rest-api-fixture.ts';

const folder =
  process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../../shared/recordings');
const file = resolve(folder, 'wire/shapes.json');
const event = z.record(z.string(), z.json());
const shapes = z.looseObject({
  apigateway_rest_proxy_v1: z.looseObject({
    events: z.record(z.string(), event),
    header_data_mapping: z.looseObject({
      'http-proxy-invocation-data-mapping': z.looseObject({ content: event }),
    }),
    response_validation: z.record(
      z.string(),
      z.looseObject({ content: z.json(), headers: z.record(z.string(), z.string()).optional() }),
    ),
  }),
});
const recorded = existsSync(file)
  ? shapes.parse(JSON.parse(readFileSync(file, 'utf8'))).apigateway_rest_proxy_v1
  : undefined;

/** What requests' names stood for, as the test of the recording sent them. Paths are below the API's id. */
const REQUESTS: Readonly<Record<string, string>> = {
  'invocation-payload-without-trailing-slash': '/stage/proxy-value',
  'invocation-payload-with-trailing-slash': '/stage/proxy-value/',
  'invocation-payload-with-double-slash': '/stage/proxy-value//double-slash',
  'invocation-payload-with-prepended-slash-to-stage': '//stage/proxy-value',
  'invocation-payload-with-prepended-slash': '/stage//proxy-value',
  'invocation-payload-without-trailing-slash-and-query-params': '/stage/proxy-value?urlparam=test',
  'invocation-payload-with-trailing-slash-and-query-params': '/stage/proxy-value/?urlparam=test',
  'invocation-payload-with-path-encoded-email':
    '/stage/proxy-value/api/user/test%2Balias@gmail.com/plus/test+alias@gmail.com',
  'invocation-payload-with-params-encoding':
    '/stage/proxy-value/api?whitespace=foo%20bar&zhash=abort/&email=test%2Balias@gmail.com&plus=test+alias@gmail.com&url=https://www.google.com/&dateTimeOffset=2023-06-12T18:05:10.123456+00:00',
  'invocation-hardcoded': '/stage//hardcoded',
};

const RECORDED_HEADERS = {
  'User-Agent': 'python-requests/testing',
  'Accept-Encoding': 'gzip, deflate',
  Accept: '*/*',
  'tEsT-HEADeR': 'aValUE',
  Authorization: 'random-value',
};

/** The recorded APIs were EDGE: behind CloudFront, whose headers a cloud on this machine has not. */
const BY_CLOUDFRONT = /^(?:CloudFront-|Via$|X-Amz-Cf-Id$)/;

/** Placeholders stand for anything. */
function expected(value: unknown): unknown {
  if (typeof value === 'string' && /^<.*>$/.test(value)) return expect.anything();
  if (value === '111111111111') return '000000000000';
  if (Array.isArray(value)) return value.map(expected);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) =>
      BY_CLOUDFRONT.test(name) ? [] : [[name, expected(member)] as const],
    ),
  );
}

async function send(
  url: string,
  path: string,
  method: string,
  headers: Record<string, string>,
  body?: string,
) {
  const { hostname, port, pathname } = new URL(url);
  const sent = request({ hostname, port, path: `${pathname}${path}`, method, headers });
  sent.end(body);
  const { promise, resolve: answered } = Promise.withResolvers<string>();
  sent.on('response', (response) => answered(text(response)));
  return promise;
}

let made: ReturnType<typeof restApi> | undefined;
/** The one API of all of these tests. */
const api = async (gateways: Gateways) => {
  made ??= restApi(gateways, ['ANY /{proxy+}', 'ANY /hardcoded']);
  return (await made).url.replace(/\/stage$/, '');
};

if (recorded === undefined) {
  test('recordings of REST APIs', ({ skip }) => skip('skipped: recordings not found'));
} else {
  test.each(Object.entries(REQUESTS))('%s is the event that was recorded', async (name, path) => {
    const gateways = await startGateways();
    await send(await api(gateways), path, 'GET', RECORDED_HEADERS);
    expect(gateways.fn.events).toEqual([expected(recorded.events[name])]);
  });

  test('a POST with repeated parameters is the event that was recorded', async () => {
    const gateways = await startGateways();
    const { Authorization: _, 'tEsT-HEADeR': __, ...common } = RECORDED_HEADERS;
    const path = '/stage/proxy-value?category=electronics&category=books&price=10&price=20&price=30';
    const headers = {
      ...common,
      Authorization: 'Bearer token123;API key456',
      'Content-Type': 'application/json;charset=utf-8',
    };
    await send(await api(gateways), path, 'POST', headers, '{"message": "hello world"}');
    const wanted = { ...recorded.events['invocation-payload-with-params-encoding-multi'] };
    // The recorder parsed the body's text.
    expect(gateways.fn.events).toEqual([expected({ ...wanted, body: '{"message": "hello world"}' })]);
  });

  test('every recorded event is compared', () => {
    expect(Object.keys(recorded.events).sort()).toEqual(
      [...Object.keys(REQUESTS), 'invocation-payload-with-params-encoding-multi'].sort(),
    );
  });

  const wanted = recorded.response_validation;
  describe('a function that answers', () => {
    const ANSWERS: Readonly<Record<string, [answer: unknown, status: number]>> = {
      'invoke-api-no-body': [{ statusCode: 200 }, 200],
      'invoke-api-with-headers': [
        { statusCode: 200, headers: { 'test-header': 'value', 'header-bool': true } },
        200,
      ],
      'invoke-api-with-headers-null': [{ statusCode: 200, headers: null }, 200],
      'invoke-api-wrong-format': [{ statusCode: 200, wrongValue: 'value' }, 502],
      'invoke-api-empty-response': [null, 502],
      'invoke-api-b64-encoded-true': [{ statusCode: 200, body: 'dGVzdC1kYXRh', isBase64Encoded: true }, 200],
      'invoke-api-b64-encoded-false': [{ statusCode: 200, body: 'dGVzdC1kYXRh' }, 200],
      'invoke-api-multi-headers-valid': [
        { statusCode: 200, multiValueHeaders: { 'test-multi': ['value1', 'value2'] } },
        200,
      ],
      'invoke-api-multi-headers-overwrite': [
        {
          statusCode: 200,
          multiValueHeaders: { 'test-multi': ['value-multi'] },
          headers: { 'test-multi': 'value-solo' },
        },
        200,
      ],
      'invoke-api-multi-headers-overwrite-casing': [
        {
          statusCode: 200,
          multiValueHeaders: { 'tesT-Multi': ['value-multi'] },
          headers: { 'test-multi': 'value-solo' },
        },
        200,
      ],
      'invoke-api-multi-headers-invalid': [
        { statusCode: 200, multiValueHeaders: { 'test-multi-invalid': 'value1' } },
        502,
      ],
      'invoke-api-invalid-status-code': [{ statusCode: 'test' }, 502],
      'invoke-api-status-code-str': [{ statusCode: '201' }, 201],
      'invoke-api-just-string': ['justAString', 502],
      'invoke-api-only-headers': [{ headers: { 'test-header': 'value' } }, 200],
    };

    test.each(Object.entries(ANSWERS))('%s is answered as recorded', async (name, [answer, status]) => {
      const gateways = await startGateways();
      gateways.fn.answer = () => answer;
      const response = await fetch(`${await api(gateways)}/stage/x`);
      const body = await response.text();
      const { content, headers = {} } = wanted[name] ?? { content: 'not recorded' };
      expect([response.status, typeof content === 'string' ? body : JSON.parse(body)]).toEqual([
        status,
        content,
      ]);
      for (const [header, value] of Object.entries(headers)) {
        if (!value.startsWith('<') && header !== 'Connection')
          expect(response.headers.get(header)).toBe(value);
      }
      expect(response.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    });

    test('in every recorded way', () => {
      expect(Object.keys(ANSWERS).sort()).toEqual(Object.keys(wanted).sort());
    });
  });
}
