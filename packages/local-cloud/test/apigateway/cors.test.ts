import { DeleteCorsConfigurationCommand, UpdateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { expect, test } from 'vitest';
import { type Gateways, httpApi, startGateways } from './gateway-fixture.ts';
import { restApi } from './rest-api-fixture.ts';

const PAGE = 'https://page.example';
const CORS = {
  AllowOrigins: [PAGE, 'http://localhost:3000'],
  AllowMethods: ['GET', 'POST'],
  AllowHeaders: ['content-type', 'x-own'],
  ExposeHeaders: ['x-shown'],
  AllowCredentials: true,
  MaxAge: 300,
};

const preflight = (url: string, origin = PAGE) =>
  fetch(`${url}/x`, {
    method: 'OPTIONS',
    headers: { Origin: origin, 'Access-Control-Request-Method': 'POST' },
  });

const corsHeadersOf = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));

const withCors = (gateways: Gateways, CorsConfiguration = CORS) =>
  httpApi(gateways, ['ANY /x'], { api: { CorsConfiguration } });

test('an HTTP API answers a preflight itself', async () => {
  const gateways = await startGateways();
  const { url } = await withCors(gateways);
  const response = await preflight(url);
  expect([response.status, await response.text()]).toEqual([204, '']);
  expect(corsHeadersOf(response)).toEqual({
    'access-control-allow-origin': PAGE,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET,POST',
    'access-control-allow-headers': 'content-type,x-own',
    'access-control-expose-headers': 'x-shown',
    'access-control-max-age': '300',
  });
  expect(gateways.fn.events).toEqual([]);
});

test('an origin that is not allowed gets no CORS headers', async () => {
  const gateways = await startGateways();
  const { url } = await withCors(gateways);
  for (const origin of ['https://other.example', 'null', `${PAGE}.other.example`]) {
    const response = await preflight(url, origin);
    expect([response.status, corsHeadersOf(response)]).toEqual([204, {}]);
  }
});

test("CORS headers are added to every answer, and replace the function's", async () => {
  const gateways = await startGateways();
  const { url } = await withCors(gateways);
  gateways.fn.answer = () => ({
    statusCode: 200,
    headers: { 'Access-Control-Allow-Origin': '*', 'x-shown': '1' },
  });
  const headers = { Origin: PAGE };
  const expected = {
    'access-control-allow-origin': PAGE,
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'x-shown',
  };
  expect(corsHeadersOf(await fetch(`${url}/x`, { headers }))).toEqual(expected);
  expect(corsHeadersOf(await fetch(`${url}/missing`, { headers }))).toEqual(expected);
  expect(corsHeadersOf(await fetch(`${url}/x`))).toEqual({});
});

test.each([
  [['*'], 'https://any.example', '*'],
  [['https://*'], 'https://any.example', 'https://any.example'],
  [['https://*'], 'http://any.example', undefined],
])('allowed origins %j for %s', async (AllowOrigins, origin, expected) => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['ANY /x'], { api: { CorsConfiguration: { AllowOrigins } } });
  expect(corsHeadersOf(await preflight(url, origin))['access-control-allow-origin']).toBe(expected);
});

test('without a configuration, CORS is the function’s affair', async () => {
  const gateways = await startGateways();
  const { url, apiId } = await withCors(gateways);
  await gateways.http.send(new DeleteCorsConfigurationCommand({ ApiId: apiId }));
  gateways.fn.answer = () => ({ statusCode: 200, headers: { 'access-control-allow-origin': 'own' } });
  expect(corsHeadersOf(await preflight(url))).toEqual({ 'access-control-allow-origin': 'own' });
  const { url: rest } = await restApi(gateways, ['ANY /x']);
  expect(corsHeadersOf(await preflight(rest))).toEqual({ 'access-control-allow-origin': 'own' });
});

test.each([
  [{ AllowOrigins: ['page.example'] }, 'origin page.example'],
  [{ AllowOrigins: ['https://a\r\nX-Evil: 1'] }, 'origin'],
  [{ AllowMethods: ['GO'] }, 'method GO'],
  [{ AllowHeaders: ['a b'] }, 'header a b'],
  [{ AllowOrigins: ['*'], AllowCredentials: true }, 'AllowCredentials'],
])('refuses the configuration %j', async (CorsConfiguration, message) => {
  const gateways = await startGateways();
  const { apiId } = await httpApi(gateways, ['$default']);
  await expect(
    gateways.http.send(new UpdateApiCommand({ ApiId: apiId, CorsConfiguration })),
  ).rejects.toMatchObject({ name: 'BadRequestException', message: expect.stringContaining(message) });
});
