import { DeleteRouteCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PathRouter, segmentsOf } from '../../src/services/apigateway/gateway/path-router.ts';
import { httpApi, startGateways } from './gateway-fixture.ts';
import { restApi } from './rest-api-fixture.ts';

const ROUTES = [
  '$default',
  'ANY /{proxy+}',
  'GET /pets/{proxy+}',
  'GET /pets/dog/{id}',
  'ANY /pets/dog/1',
  'GET /pets/dog/1',
  'POST /slash/',
];

// Examples of https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html and their neighbours.
test('HTTP APIs take the most specific route', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ROUTES);
  const routeOf = async (method: string, path: string) => {
    gateways.fn.events.length = 0;
    await fetch(`${url}${path}`, { method });
    return gateways.fn.events[0]?.['routeKey'];
  };
  expect(await routeOf('GET', '/pets/dog/1')).toBe('GET /pets/dog/1');
  expect(await routeOf('POST', '/pets/dog/1')).toBe('ANY /pets/dog/1');
  expect(await routeOf('GET', '/pets/dog/2')).toBe('GET /pets/dog/{id}');
  expect(await routeOf('GET', '/pets/dog/2/3')).toBe('GET /pets/{proxy+}');
  expect(await routeOf('GET', '/pets/cat/1')).toBe('GET /pets/{proxy+}');
  expect(await routeOf('POST', '/test/5')).toBe('ANY /{proxy+}');
  expect(await routeOf('POST', '/slash/')).toBe('POST /slash/');
  expect(await routeOf('GET', '/')).toBe('$default');
  expect(await routeOf('GET', '')).toBe('$default');
});

test('HTTP APIs answer 404 where no route leads', async () => {
  const gateways = await startGateways();
  const { url, apiId } = await httpApi(gateways, ['GET /items']);
  for (const [method = '', path] of [
    ['GET', '/other'],
    ['POST', '/items'],
    ['GET', '/items/1'],
    ['GET', ''],
  ]) {
    const response = await fetch(`${url}${path}`, { method });
    expect([response.status, await response.text()]).toEqual([404, '{"message":"Not Found"}']);
  }
  // AutoDeploy: a route that goes is gone at once, and a stage without any keeps what it served.
  const { Items: [route] = [] } = await gateways.http.send(new GetRoutesCommand({ ApiId: apiId }));
  expect((await fetch(`${url}/items`)).status).toBe(200);
  await gateways.http.send(new DeleteRouteCommand({ ApiId: apiId, RouteId: route?.RouteId }));
  expect((await fetch(`${url}/items`)).status).toBe(200);
});

test('a stage other than $default is the first segment', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['GET /x', 'GET /'], { stage: { StageName: 'prod' } });
  expect((await fetch(`${url}/x`)).status).toBe(200);
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url.replace('/prod', '/x'))).status).toBe(404);
  expect((await fetch(url.replace('/prod', '/test/x'))).status).toBe(404);
});

describe('REST APIs', () => {
  test('take the most specific resource that has the method', async () => {
    const gateways = await startGateways();
    const { url } = await restApi(gateways, ['ANY /{proxy+}', 'GET /pets/{id}', 'POST /pets/mine', 'GET /']);
    const resourceOf = async (method: string, path: string) => {
      gateways.fn.events.length = 0;
      await fetch(`${url}${path}`, { method });
      return gateways.fn.events[0]?.['resource'];
    };
    expect(await resourceOf('GET', '/pets/1')).toBe('/pets/{id}');
    expect(await resourceOf('GET', '/pets/1/')).toBe('/pets/{id}');
    expect(await resourceOf('POST', '/pets/mine')).toBe('/pets/mine');
    expect(await resourceOf('DELETE', '/pets')).toBe('/{proxy+}');
    expect(await resourceOf('GET', '/')).toBe('/');
    expect(await resourceOf('GET', '')).toBe('/');
  });

  test('answer 403 where there is no method', async () => {
    const gateways = await startGateways();
    const { url } = await restApi(gateways, ['GET /pets', 'ANY /any/{proxy+}']);
    for (const [method = '', path] of [
      ['POST', '/pets'],
      ['GET', '/cats'],
      ['GET', '/'],
      ['GET', '/any'],
    ]) {
      const response = await fetch(`${url}${path}`, { method });
      expect([response.status, await response.text()]).toEqual([
        403,
        '{"message":"Missing Authentication Token"}',
      ]);
      expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    }
  });

  test('have stages with hyphens in their names', async () => {
    const gateways = await startGateways();
    const { url } = await restApi(gateways, ['GET /pets'], { stageName: 'my-stage_1' });
    expect((await fetch(`${url}/pets`)).status).toBe(200);
    await expect(restApi(gateways, ['GET /pets'], { stageName: 'my.stage' })).rejects.toMatchObject({
      name: 'BadRequestException',
      message: 'Stage name only allows a-zA-Z0-9_-',
    });
  });

  test.each(['/wrong/pets', '', '/'])('answer 403 for the stage of %s', async (path) => {
    const gateways = await startGateways();
    const { url } = await restApi(gateways, ['GET /pets']);
    const response = await fetch(`${url.replace(/\/stage$/, '')}${path}`);
    expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  });
});

test('an id that no API has is Forbidden', async () => {
  const { endpoint } = await startGateways();
  for (const path of ['/_execute-api/abcdefghij/x', '/_execute-api/', '/_execute-api']) {
    const response = await fetch(`${endpoint}${path}`);
    expect([response.status, await response.text()]).toEqual([403, '{"message":"Forbidden"}']);
  }
});

const segment = fc.stringMatching(/^[ab]$/);
const pattern = fc.array(fc.oneof(segment, fc.constant('{v}')), { minLength: 1, maxLength: 4 });

test('a router finds a route exactly if one matches, the most specific one, and its parameters spell the path', () => {
  const pathOf = (parts: readonly string[]) =>
    `/${parts.map((part, index) => (part === '{v}' ? `{v${index}}` : part)).join('/')}`;
  const rankOf = (path: string) =>
    segmentsOf(path)
      .map((part) => (part.startsWith('{') ? 1 : 0))
      .join('');
  fc.assert(
    fc.property(
      fc.array(pattern, { maxLength: 30 }),
      fc.array(segment, { minLength: 1, maxLength: 4 }),
      (patterns, given) => {
        const routes = patterns.map((parts) => ({
          method: 'GET',
          path: pathOf(parts),
          target: pathOf(parts),
        }));
        const fits = (parts: readonly string[]) =>
          parts.length === given.length &&
          parts.every((part, index) => part === '{v}' || part === given[index]);
        const ranks = patterns.filter(fits).map((parts) => rankOf(pathOf(parts)));
        const match = new PathRouter(routes).match('GET', given);
        expect(match === undefined ? undefined : rankOf(match.target)).toBe(ranks.sort()[0]);
        if (match === undefined) return;
        const spelt = segmentsOf(match.target).map((part) => match.parameters.get(part.slice(1, -1)) ?? part);
        expect(spelt).toEqual(given);
      },
    ),
    { numRuns: 1000 },
  );
});
