import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { startLambda, until } from './lambda-fixture.ts';
import { asSdkError, loadLambdaRecordings } from './recordings.ts';

const recordings = loadLambdaRecordings();
/** Waits until another invocation, which it names, has begun too: proof that both run at once. */
const MEETS = `import { existsSync, writeFileSync } from 'node:fs'; import { setTimeout } from 'node:timers/promises';
export const handler = async ({ folder, me, other }) => {
  writeFileSync(folder + '/' + me, '');
  while (!existsSync(folder + '/' + other)) await setTimeout(5);
  return process.pid; };`;

test('concurrent invokes run in processes of their own, which are used again', async () => {
  const { create, invoke, environment, logStreams } = await startLambda();
  await create(MEETS, { Timeout: 60 });
  const folder = environment.stateDir;
  const [one, two] = await Promise.all([
    invoke({ folder, me: 'a', other: 'b' }),
    invoke({ folder, me: 'b', other: 'a' }),
  ]);
  expect(one.payload).not.toBe(two.payload);
  const [three, four] = await Promise.all([
    invoke({ folder, me: 'c', other: 'd' }),
    invoke({ folder, me: 'd', other: 'c' }),
  ]);
  expect(new Set([three.payload, four.payload])).toEqual(new Set([one.payload, two.payload]));
  expect(await logStreams()).toHaveLength(2);
});

test.for([
  ['reserved', 'ReservedFunctionConcurrentInvocationLimitExceeded'],
  ['account', 'ConcurrentInvocationLimitExceeded'],
] as const)('over the %s limit a synchronous invoke is refused with 429', async ([limit, Reason]) => {
  const { create, invoke, environment, client, logStreams } = await startLambda({
    maximumConcurrency: limit === 'account' ? 1 : 10,
  });
  await create(MEETS, { Timeout: 60 });
  if (limit === 'reserved') {
    await client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 1 }),
    );
  }
  const folder = environment.stateDir;
  const first = invoke({ folder, me: 'a', other: 'b' });
  await until(async () => expect(await logStreams()).toHaveLength(1));
  const recorded = recordings?.throttle('concurrency_block', 'invoke_latest_first_exc');
  const expected = recorded === undefined ? { name: 'TooManyRequestsException' } : asSdkError(recorded);
  await expect(invoke()).rejects.toMatchObject({ ...expected, Reason });
  if (limit === 'reserved') {
    await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: 'fn' }));
    await invoke({ folder, me: 'b', other: 'a' });
  } else {
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${folder}/b`, '');
  }
  await first;
});

test('a reservation may exceed what functions without one share, and takes nothing of it', async () => {
  const { create, invoke, environment, client } = await startLambda({ maximumConcurrency: 1 });
  await create(MEETS, { Timeout: 60 });
  await create(MEETS, { FunctionName: 'other', Timeout: 60 });
  await client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 2 }),
  );
  const folder = environment.stateDir;
  await Promise.all([
    invoke({ folder, me: 'a', other: 'c' }),
    invoke({ folder, me: 'b', other: 'c' }),
    invoke({ folder, me: 'c', other: 'b' }, { FunctionName: 'other' }),
  ]);
});

test('reserved concurrency is kept, shown and given back', async () => {
  const { create, invoke, client } = await startLambda();
  await create('export const handler = async () => {};');
  await create('export const handler = async () => {};', { FunctionName: 'other' });
  const FunctionName = 'fn';
  expect(await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).not.toHaveProperty(
    'ReservedConcurrentExecutions',
  );
  await client.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 800 }));
  expect(await client.send(new GetFunctionConcurrencyCommand({ FunctionName }))).toMatchObject({
    ReservedConcurrentExecutions: 800,
  });
  // Of the account's 1,000, as on AWS, 100 stay unreserved.
  await expect(
    client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'other', ReservedConcurrentExecutions: 101 }),
    ),
  ).rejects.toMatchObject({
    name: 'InvalidParameterValueException',
    message: expect.stringContaining('below its minimum value of [100]'),
  });

  const zero = await client.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
  );
  expect(zero.ReservedConcurrentExecutions).toBe(0);
  const recorded = recordings?.throttle('reserved_zero', 'exc_no_cap_requestresponse');
  await expect(invoke()).rejects.toMatchObject(recorded === undefined ? {} : asSdkError(recorded));
  await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName }));
  expect((await invoke()).payload).toBeNull();
});
