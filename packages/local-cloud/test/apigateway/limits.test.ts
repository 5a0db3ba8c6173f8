import { connect } from 'node:net';
import { setTimeout as tick } from 'node:timers/promises';
import { UpdateStageCommand as UpdateRestStageCommand } from '@aws-sdk/client-api-gateway';
import { UpdateIntegrationCommand, UpdateStageCommand } from '@aws-sdk/client-apigatewayv2';
import { describe, expect, test, vi } from 'vitest';
import { AwsError } from '../../src/errors.ts';
import { type Gateways, httpApi, startGateways } from './gateway-fixture.ts';
import { closing, rawRequest } from './raw-request.ts';
import { restApi } from './rest-api-fixture.ts';

const kinds: [string, (gateways: Gateways) => Promise<{ url: string }>][] = [
  ['HTTP', (gateways) => httpApi(gateways, ['ANY /{proxy+}'])],
  ['REST', (gateways) => restApi(gateways, ['ANY /{proxy+}'])],
];

async function answer(url: string, init?: RequestInit): Promise<[number, string]> {
  const response = await fetch(`${url}/x`, init);
  return [response.status, await response.text()];
}

describe.each(kinds)('%s APIs', (kind, make) => {
  test('answer for a function that takes longer than they wait', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    let givenUp: AbortSignal | undefined;
    gateways.fn.answer = (_event, signal) => {
      givenUp = signal;
      return new Promise(() => {});
    };
    const answered = answer(url);
    await vi.waitFor(() => expect(givenUp).toBeDefined());
    gateways.clock.advance(kind === 'REST' ? 28_999 : 29_999);
    await tick(0);
    expect(givenUp?.aborted).toBe(false);
    gateways.clock.advance(1);
    expect(await answered).toEqual(
      kind === 'REST'
        ? [504, '{"message": "Endpoint request timed out"}']
        : [503, '{"message":"Service Unavailable"}'],
    );
    expect(givenUp?.aborted).toBe(true);
  });

  test('answer for a function that Lambda throttles', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    gateways.fn.answer = () => {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    };
    expect(await answer(url)).toEqual(
      kind === 'REST'
        ? [500, '{"message": "Internal server error"}']
        : [503, '{"message":"Service Unavailable"}'],
    );
  });

  test('answer 500 for a function whose policy does not let them in, and do not call it', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    gateways.fn.isAllowed = false;
    expect(await answer(url, { method: 'POST' })).toEqual([
      500,
      kind === 'REST' ? '{"message": "Internal server error"}' : '{"message":"Internal Server Error"}',
    ]);
    expect(gateways.fn.events).toEqual([]);
    const [, apiId, stage = '$default'] = /_execute-api\/(\w+)(?:\/(\w+))?$/.exec(url) ?? [];
    expect(gateways.fn.sourceArns).toEqual([
      `arn:aws:execute-api:us-east-1:000000000000:${apiId}/${stage}/POST/{proxy+}`,
    ]);
  });

  test('take 10 MB and not a byte more', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    gateways.fn.answer = () => ({ statusCode: 200, body: 'taken' });
    const body = 'x'.repeat(10 * 1024 * 1024);
    expect(await answer(url, { method: 'POST', body })).toEqual([200, 'taken']);
    expect(await answer(url, { method: 'POST', body: `${body}x` })).toEqual([
      413,
      '{"message":"Request Too Long"}',
    ]);
    expect(gateways.fn.events).toHaveLength(1);
  });

  test('answer 413 for an event that is too long for Lambda', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    gateways.fn.answer = () => {
      throw new AwsError('RequestTooLargeException', 'too large', 413);
    };
    expect(await answer(url, { method: 'POST', body: 'x' })).toEqual([413, '{"message":"Request Too Long"}']);
  });

  test('stop waiting when the client goes away', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    let waiting: AbortSignal | undefined;
    gateways.fn.answer = (_event, signal) => {
      waiting = signal;
      return new Promise(() => {});
    };
    const client = new AbortController();
    const answered = answer(url, { signal: client.signal });
    await vi.waitFor(() => expect(waiting).toBeDefined());
    client.abort();
    await expect(answered).rejects.toThrow();
    await vi.waitFor(() => expect(waiting?.aborted).toBe(true));
  });

  test('stop waiting for every request that a connection sent when it ends', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    const waiting: AbortSignal[] = [];
    gateways.fn.answer = (_event, signal) => {
      waiting.push(signal);
      return new Promise(() => {});
    };
    const warned = vi.spyOn(process, 'emitWarning');
    const socket = connect(gateways.port, '127.0.0.1');
    const sent = `GET ${new URL(url).pathname}/x HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    // Pipelined: Node begins them all, and answers in order.
    socket.write(sent.repeat(12));
    await vi.waitFor(() => expect(waiting).toHaveLength(12));
    socket.destroy();
    await vi.waitFor(() => expect(waiting.every(({ aborted }) => aborted)).toBe(true));
    expect(warned).not.toHaveBeenCalled();
    warned.mockRestore();
  });

  test('answer a client that sends all of its body before it reads', async () => {
    const gateways = await startGateways();
    const { url } = await make(gateways);
    const path = `${new URL(url).pathname}/x`;
    const body = 'x'.repeat(30 * 1024 * 1024);
    const request = closing('POST', path, gateways.port, [`Content-Length: ${body.length}`], body);
    expect(await rawRequest(gateways.port, request, { readLate: true })).toMatch(/^HTTP\/1.1 413 /);
    expect(gateways.fn.events).toEqual([]);
  });
});

test('a stage of an HTTP API lets through its burst, then its rate, of every route', async () => {
  const gateways = await startGateways();
  const { url } = await httpApi(gateways, ['GET /x', 'POST /x'], {
    stage: { DefaultRouteSettings: { ThrottlingRateLimit: 0.5, ThrottlingBurstLimit: 2 } },
  });
  const statusOf = async (init?: RequestInit) => (await answer(url, init))[0];
  expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([200, 200, 429]);
  expect(await statusOf({ method: 'POST' })).toBe(200);
  gateways.clock.advance(1_999);
  expect(await answer(url)).toEqual([429, '{"message":"Too Many Requests"}']);
  gateways.clock.advance(1);
  expect([await statusOf(), await statusOf()]).toEqual([200, 429]);
  gateways.clock.advance(60_000);
  expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([200, 200, 429]);
});

test('a route can have limits of its own', async () => {
  const gateways = await startGateways();
  const { url, apiId } = await httpApi(gateways, ['GET /x', 'POST /x']);
  await gateways.http.send(
    new UpdateStageCommand({
      ApiId: apiId,
      StageName: '$default',
      RouteSettings: { 'GET /x': { ThrottlingRateLimit: 0, ThrottlingBurstLimit: 0 } },
    }),
  );
  expect((await answer(url))[0]).toBe(429);
  expect((await answer(url, { method: 'POST' }))[0]).toBe(200);
});

test('a stage of a REST API throttles its methods', async () => {
  const gateways = await startGateways();
  const { url, restApiId } = await restApi(gateways, ['ANY /{proxy+}']);
  const patch = (limit: string, value: string) => ({
    op: 'replace' as const,
    path: `/*/*/throttling/${limit}`,
    value,
  });
  await gateways.rest.send(
    new UpdateRestStageCommand({
      restApiId,
      stageName: 'stage',
      patchOperations: [patch('rateLimit', '1'), patch('burstLimit', '1')],
    }),
  );
  expect((await answer(url))[0]).toBe(200);
  const response = await fetch(`${url}/x`);
  expect([response.status, await response.text(), response.headers.get('x-amzn-errortype')]).toEqual([
    429,
    '{"message":"Too Many Requests"}',
    'TooManyRequestsException',
  ]);
  gateways.clock.advance(1_000);
  expect((await answer(url))[0]).toBe(200);
});

test('a method of a REST API can have limits of its own; those of what is no method are refused', async () => {
  const gateways = await startGateways();
  const { url, restApiId } = await restApi(gateways, ['GET /x/{id}', 'POST /x/{id}']);
  const limit = (place: string) =>
    gateways.rest.send(
      new UpdateRestStageCommand({
        restApiId,
        stageName: 'stage',
        patchOperations: [{ op: 'replace', path: `/${place}/throttling/burstLimit`, value: '0' }],
      }),
    );
  await limit('~1x~1{id}/GET');
  expect((await fetch(`${url}/x/1`)).status).toBe(429);
  expect((await fetch(`${url}/x/1`, { method: 'POST' })).status).toBe(200);
  for (const place of ['*/GET', '~1x~1{id}/*']) {
    await expect(limit(place)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: expect.stringContaining(place),
    });
  }
});

test('an integration can have a shorter limit', async () => {
  const gateways = await startGateways();
  const { url, apiId, integrationId } = await httpApi(gateways, ['$default']);
  await gateways.http.send(
    new UpdateIntegrationCommand({ ApiId: apiId, IntegrationId: integrationId, TimeoutInMillis: 50 }),
  );
  const { promise: called, resolve } = Promise.withResolvers<void>();
  gateways.fn.answer = () => {
    resolve();
    return new Promise(() => {});
  };
  const answered = answer(url);
  await called;
  gateways.clock.advance(50);
  expect((await answered)[0]).toBe(503);
});
