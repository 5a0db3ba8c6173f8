import { writeFileSync } from 'node:fs';
import {
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { ManualClock } from '../support/manual-clock.ts';
import { startLambda, until } from './lambda-fixture.ts';

type Started = Awaited<ReturnType<typeof startLambda>>;

/** The values of a metric, in the order of recording. */
function values(
  { metrics }: Started,
  name: string,
  dimensions: Record<string, string> = { FunctionName: 'fn' },
) {
  return metrics
    .filter((point) => point.name === name && JSON.stringify(point.dimensions) === JSON.stringify(dimensions))
    .map(({ value }) => value);
}

test('every invocation counts, with its duration, its error and the moment it began', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock });
  await started.create(
    `export const handler = async ({ fail }) => { if (fail) throw new Error('on purpose'); };`,
  );
  const beganMs = clock.now();
  const { tail } = await started.invoke();
  await started.invoke({ fail: true });
  await started.service.invoker.invoke(
    'arn:aws:lambda:us-east-1:000000000000:function:fn',
    '{}',
    new AbortController().signal,
  );
  expect(values(started, 'Invocations')).toEqual([1, 1, 1]);
  expect(values(started, 'Errors')).toEqual([0, 1, 0]);
  expect(values(started, 'Throttles')).toEqual([0, 0, 0]);
  expect(values(started, 'ConcurrentExecutions')).toEqual([1, 1, 1]);
  const [durationMs = Number.NaN] = values(started, 'Duration');
  expect(tail).toContain(`\tDuration: ${durationMs.toFixed(2)} ms\t`);
  expect(started.metrics[0]).toEqual({
    namespace: 'AWS/Lambda',
    name: 'ConcurrentExecutions',
    dimensions: { FunctionName: 'fn' },
    timestampMs: beganMs,
    value: 1,
    unit: 'Count',
  });
  expect(started.metrics.find(({ name }) => name === 'Duration')?.unit).toBe('Milliseconds');
});

test('a version counts for its function and for itself', async () => {
  const started = await startLambda();
  await started.create('export const handler = async () => {};');
  await started.client.send(new PublishVersionCommand({ FunctionName: 'fn' }));
  await started.invoke({}, { Qualifier: '1' });
  await started.invoke();
  const ofVersion = { FunctionName: 'fn', Resource: 'fn:1' };
  for (const name of ['Invocations', 'Errors', 'Duration', 'ConcurrentExecutions']) {
    expect(values(started, name)).toHaveLength(2);
    expect(values(started, name, ofVersion)).toHaveLength(1);
  }
});

test('concurrency counts across all functions, too', async () => {
  const started = await startLambda();
  const gate = `${started.environment.stateDir}/gate`;
  const handler = `import { existsSync } from 'node:fs';
     export const handler = async () => {
       while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 5)); };`;
  await started.create(handler);
  await started.create(handler, { FunctionName: 'other' });
  const waiting = started.invoke();
  await until(() => expect(values(started, 'ConcurrentExecutions', {})).toEqual([1]));
  const other = started.invoke({}, { FunctionName: 'other' });
  await until(() => expect(values(started, 'ConcurrentExecutions', {})).toEqual([1, 2]));
  expect(values(started, 'ConcurrentExecutions')).toEqual([1]);
  writeFileSync(gate, '');
  await Promise.all([waiting, other]);
});

test('a throttled attempt counts as nothing else', async () => {
  const started = await startLambda();
  await started.create('export const handler = async () => {};');
  await started.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }),
  );
  await expect(started.invoke()).rejects.toMatchObject({ name: 'TooManyRequestsException' });
  expect(started.metrics.map(({ name, value }) => [name, value])).toEqual([['Throttles', 1]]);
  expect(await started.logStreams().catch(() => [])).toEqual([]);
});

test('asynchronous attempts count, retries and waiting for an environment too', async () => {
  const started = await startLambda({ maximumConcurrency: 1, asyncRetryDelaysMs: [1, 1] });
  const gate = `${started.environment.stateDir}/gate`;
  await started.create(
    `import { existsSync } from 'node:fs';
     export const handler = async ({ wait }) => {
       while (wait && !existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 5));
       if (!wait) throw new Error('on purpose'); };`,
    { Timeout: 60 },
  );
  await started.client.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumRetryAttempts: 1 }),
  );
  const waiting = started.invoke({ wait: true });
  await until(() => expect(values(started, 'ConcurrentExecutions')).toEqual([1]));
  await started.invoke({}, { InvocationType: 'Event' });
  await until(() => expect(values(started, 'Throttles')).toEqual([1]));
  writeFileSync(gate, '');
  await waiting;
  await until(() => expect(values(started, 'Errors')).toEqual([0, 1, 1]));
  expect(values(started, 'Invocations')).toEqual([1, 1, 1]);
});
