import { expect, test } from 'vitest';
import { isSent, type LoadPlan, type LoadSample, runLoad } from '../src/index.ts';
import { serve } from './scripted-server.ts';

function plan(url: string, changes: Partial<LoadPlan> = {}): LoadPlan {
  return {
    name: 'test',
    model: {
      kind: 'open',
      stages: [{ durationMs: 500, startRatePerSecond: 100, endRatePerSecond: 100 }],
      arrivals: 'even',
      seed: 1,
      maxInFlight: 100,
    },
    target: { kind: 'http', url, method: 'GET', headers: {}, body: null, answerIdHeader: null },
    requestTimeoutMs: 20_000,
    ...changes,
  };
}

async function run(load: LoadPlan, signal = new AbortController().signal) {
  const samples: LoadSample[] = [];
  const warnings: string[] = [];
  const { startAtMs } = await runLoad(load, {
    onSamples: (batch) => {
      samples.push(...batch);
    },
    onWarning: (message) => warnings.push(message),
    signal,
  });
  return { samples: samples.toSorted((a, b) => a.sequence - b.sequence), warnings, startAtMs };
}

const openModel = (ratePerSecond: number, durationMs: number, maxInFlight: number): LoadPlan['model'] => ({
  kind: 'open',
  stages: [{ durationMs, startRatePerSecond: ratePerSecond, endRatePerSecond: ratePerSecond }],
  arrivals: 'even',
  seed: 1,
  maxInFlight,
});

test('all requests of an open model reach the server, due as planned, with times in their order', async () => {
  const { url, requests } = await serve(() => undefined);
  const { samples, warnings, startAtMs } = await run(plan(url));
  expect(requests.length).toBe(50);
  expect(samples.length).toBe(50);
  expect(warnings).toEqual([]);
  for (const [index, sample] of samples.entries()) {
    if (!isSent(sample)) throw new Error('dropped');
    expect(sample.status).toBe('ok');
    expect(sample.dueAtMs - startAtMs).toBeCloseTo(index * 10, 2);
    expect(sample.sentAtMs).toBeGreaterThanOrEqual(sample.dueAtMs);
    expect(sample.firstByteAtMs).toBeGreaterThanOrEqual(sample.sentAtMs);
    expect(sample.endedAtMs).toBeGreaterThanOrEqual(sample.firstByteAtMs ?? Number.NaN);
    expect(sample.receivedBytes).toBe(2);
  }
});

test('a stall of the server shows in the response times and not in the due times', async () => {
  // The server answers nothing until the last of the requests has come.
  const all = Promise.withResolvers<undefined>();
  const { url } = await serve((index) => {
    if (index === 19) all.resolve(undefined);
    return all.promise;
  });
  const { samples, startAtMs } = await run(plan(url, { model: openModel(100, 200, 20) }));
  const sent = samples.filter(isSent);
  expect(sent.length).toBe(20);
  for (const [index, sample] of sent.entries()) {
    expect(sample.dueAtMs - startAtMs).toBeCloseTo(index * 10, 2);
    // Each waited at least until the last was sent.
    expect(sample.endedAtMs).toBeGreaterThanOrEqual(sent.at(-1)?.sentAtMs ?? Number.NaN);
  }
});

test('a target that answers nothing fills the bound; the rest is dropped and warned of once', async () => {
  const allDropped = Promise.withResolvers<undefined>();
  const { url, requests } = await serve(() => allDropped.promise);
  const statuses: string[] = [];
  const warnings: string[] = [];
  await runLoad(plan(url, { model: openModel(100, 200, 3) }), {
    onSamples: (batch) => {
      statuses.push(...batch.map(({ status }) => status));
      if (statuses.length === 17) allDropped.resolve(undefined);
    },
    onWarning: (message) => warnings.push(message),
    signal: new AbortController().signal,
  });
  expect(requests.length).toBe(3);
  expect(statuses).toEqual([
    ...Array.from({ length: 17 }, () => 'dropped'),
    ...Array.from({ length: 3 }, () => 'ok'),
  ]);
  expect(warnings).toEqual([expect.stringContaining('dropped')]);
});

test('a request that takes longer than its time has failed', async () => {
  const { url } = await serve(() => new Promise(() => undefined));
  const { samples } = await run(plan(url, { model: openModel(10, 100, 3), requestTimeoutMs: 200 }));
  expect(samples).toMatchObject([
    { status: 'failed', responseCode: null, firstByteAtMs: null, error: 'timed out after 200 ms' },
  ]);
});

test('a closed model keeps as many users busy as it has', async () => {
  const { url } = await serve(() => undefined);
  const model: LoadPlan['model'] = {
    kind: 'closed',
    users: 3,
    spawnRatePerSecond: 1000,
    thinkTime: { kind: 'uniform', minMs: 5, maxMs: 10 },
    runTimeMs: 300,
    seed: 1,
  };
  const { samples } = await run(plan(url, { model }));
  const sent = samples.filter(isSent);
  expect(new Set(sent.map(({ user }) => user))).toEqual(new Set([0, 1, 2]));
  expect(Math.max(...sent.map(({ inFlight }) => inFlight))).toBeLessThanOrEqual(3);
});

test('failures are told apart: status, refused connection', async () => {
  const { url } = await serve((index) => ({ status: index === 0 ? 503 : 200 }));
  const one = await run(plan(url, { model: openModel(20, 100, 10) }));
  expect(one.samples).toMatchObject([
    { status: 'failed', responseCode: '503', error: 'HTTP status 503' },
    { status: 'ok', responseCode: '200', error: null },
  ]);
  // Port 1 is never listened on here.
  const refused = await run(plan('http://127.0.0.1:1/', { model: openModel(10, 100, 10) }));
  expect(refused.samples).toMatchObject([
    { status: 'failed', responseCode: null, error: expect.stringContaining('ECONNREFUSED') },
  ]);
});

test('method, headers and body are sent', async () => {
  const { url, requests } = await serve(() => undefined);
  const target = {
    kind: 'http',
    url,
    method: 'POST',
    headers: { 'x-a': 'b' },
    body: '{"ä":1}',
    answerIdHeader: null,
  } as const;
  const { samples } = await run(plan(url, { model: openModel(10, 100, 10), target }));
  expect(requests).toEqual([{ method: 'POST', url: '/path?query=1', body: '{"ä":1}' }]);
  expect(samples).toMatchObject([{ method: 'POST', sentBytes: 8 }]);
});

test('the header that the target names becomes the id of the answer, of a failed one too', async () => {
  const { url } = await serve(
    (index) =>
      [
        { headers: { 'X-Request-Id': 'b3f0c1de-7f1c' } },
        { status: 502, headers: { 'x-request-id': 'the second' } },
        { headers: { 'x-request-id': '\u00e4' } },
      ][index],
  );
  const target = {
    kind: 'http',
    url,
    method: 'GET',
    headers: {},
    body: null,
    answerIdHeader: 'x-REQUEST-id',
  } as const;
  const { samples } = await run(plan(url, { model: openModel(40, 100, 10), target }));
  // Which of the requests comes first is the network's to say.
  expect(
    samples
      .filter(isSent)
      .map(({ status, answerId }) => `${status} ${answerId}`)
      .toSorted(),
  ).toEqual(['failed the second', 'ok b3f0c1de-7f1c', 'ok null', 'ok null']);
});

test('Lambda: a payload is invoked, a function error has failed', async () => {
  const { url, requests } = await serve(
    (index) =>
      [
        { body: '{}' },
        { body: '{}', headers: { 'x-amz-function-error': 'Unhandled' } },
        { status: 429, body: '{}' },
      ][index],
  );
  const target = {
    kind: 'lambda',
    aws: {
      region: 'us-east-1',
      endpoint: new URL(url).origin,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    },
    functionName: 'resize',
    invocationType: 'RequestResponse',
    payload: '{"n":1}',
  } as const;
  const { samples } = await run(plan(url, { model: openModel(20, 150, 10), target }));
  expect(requests).toEqual(
    Array.from({ length: 3 }, () => ({
      method: 'POST',
      url: '/2015-03-31/functions/resize/invocations',
      body: '{"n":1}',
    })),
  );
  expect(samples).toMatchObject([
    { method: 'Invoke', status: 'ok', responseCode: '200', receivedBytes: 2 },
    { method: 'Invoke', status: 'failed', responseCode: '200', error: 'function error Unhandled' },
    { method: 'Invoke', status: 'failed', responseCode: '429' },
  ]);
  expect(samples.filter(isSent)[0]?.firstByteAtMs).not.toBeNull();
});

test('Step Functions: executions are started', async () => {
  const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:m';
  const body = JSON.stringify({ executionArn: 'arn:x', startDate: 1_700_000_000 });
  const { url, requests } = await serve(() => ({ body }));
  const target = {
    kind: 'start-execution',
    aws: {
      region: 'us-east-1',
      endpoint: new URL(url).origin,
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    },
    stateMachineArn,
    input: '{}',
  } as const;
  const { samples } = await run(plan(url, { model: openModel(10, 100, 10), target }));
  expect(requests.map((request) => JSON.parse(request.body))).toEqual([{ stateMachineArn, input: '{}' }]);
  expect(samples).toMatchObject([{ method: 'StartExecution', status: 'ok', responseCode: '200' }]);
});

test('a stop hands over what was under way and rejects with its reason', async () => {
  const stop = new AbortController();
  const { url } = await serve(() => {
    stop.abort(new Error('stopped by the user'));
    return new Promise(() => undefined);
  });
  const samples: LoadSample[] = [];
  const load = runLoad(plan(url, { model: openModel(1, 600_000, 10) }), {
    onSamples: (batch) => {
      samples.push(...batch);
    },
    onWarning: () => undefined,
    signal: stop.signal,
  });
  await expect(load).rejects.toThrow('stopped by the user');
  expect(samples).toMatchObject([{ status: 'failed', error: 'stopped before its end' }]);
});

test('a load ends when its rows cannot be taken', async () => {
  const { url } = await serve(() => undefined);
  const load = runLoad(plan(url, { model: openModel(1, 600_000, 10) }), {
    onSamples: () => Promise.reject(new Error('disk full')),
    onWarning: () => undefined,
    signal: new AbortController().signal,
  });
  await expect(load).rejects.toThrow('disk full');
});

test('a plan that is not valid is refused with the names of its faults', async () => {
  await expect(run(plan('ftp://x'))).rejects.toThrow(/plan is not valid: target\.url/);
});
