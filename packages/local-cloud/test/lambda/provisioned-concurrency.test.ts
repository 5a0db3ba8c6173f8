import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DeleteFunctionCommand,
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { createLambda } from '../../src/services/lambda/index.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { CREDENTIALS, startLambda, until } from './lambda-fixture.ts';

type Started = Awaited<ReturnType<typeof startLambda>>;

const version = { FunctionName: 'fn', Qualifier: '1' };
const put = ({ client }: Started, ProvisionedConcurrentExecutions: number) =>
  client.send(new PutProvisionedConcurrencyConfigCommand({ ...version, ProvisionedConcurrentExecutions }));
const get = ({ client }: Started) => client.send(new GetProvisionedConcurrencyConfigCommand(version));
const ready = (started: Started, count: number) =>
  until(async () =>
    expect(await get(started)).toMatchObject({
      Status: 'READY',
      RequestedProvisionedConcurrentExecutions: count,
      AvailableProvisionedConcurrentExecutions: count,
      AllocatedProvisionedConcurrentExecutions: count,
    }),
  );

/** A handler whose inits are noted in a file, with the process. */
function witnessed(
  handler = 'async () => ({ pid: process.pid, type: process.env.AWS_LAMBDA_INITIALIZATION_TYPE })',
) {
  const witness = join(temporaryFolder(), 'inits');
  return {
    code: `import { appendFileSync, existsSync } from 'node:fs';
      appendFileSync(${JSON.stringify(witness)}, process.pid + '\\n');
      export const handler = ${handler};`,
    pids: () => readFileSync(witness, 'utf8').split('\n').slice(0, -1).map(Number),
  };
}

function isAlive(pid: number): boolean {
  try {
    // A zombie has ended.
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

test('environments are initialised before the first call, which reports their init', async () => {
  const started = await startLambda();
  const { code, pids } = witnessed();
  await started.create(code, { Publish: true });
  expect(await put(started, 2)).toMatchObject({
    Status: 'IN_PROGRESS',
    RequestedProvisionedConcurrentExecutions: 2,
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
  });
  await ready(started, 2);
  const warm = pids();
  expect(warm).toHaveLength(2);
  await until(() => {
    for (const pid of warm) expect(readFileSync(`/proc/${pid}/stat`, 'latin1')).toContain(') T ');
  });
  const streams = await started.logStreams();
  expect(streams.map(({ messages }) => messages.length)).toEqual([1, 1]);
  expect(streams[0]?.messages[0]).toMatch(/^INIT_START /);

  const { payload, tail } = await started.invoke({}, { Qualifier: '1' });
  expect(payload.type).toBe('provisioned-concurrency');
  expect(warm).toContain(payload.pid);
  // AWS bills the init and tells of it with the first invocation, however long before that it was.
  expect(tail).toMatch(/REPORT .*Billed Duration: \d+ ms.*Init Duration: /);
  const again = await started.invoke({}, { Qualifier: '1' });
  expect(again.payload.pid).toBe(payload.pid);
  expect(again.tail).not.toContain('Init Duration');
  // The unpublished version has none of them.
  const latest = await started.invoke();
  expect(latest.payload.type).toBe('on-demand');
  expect(latest.tail).toContain('Init Duration');
});

test('they are kept however long they are idle, replaced when they die, and given up on delete', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock, idleTimeoutMs: 60_000 });
  const { code, pids } = witnessed();
  await started.create(code, { Publish: true });
  await put(started, 1);
  await ready(started, 1);
  const [first = 0] = pids();
  await started.invoke({}, { Qualifier: '1' });
  clock.advance(24 * 60 * 60 * 1000);
  expect((await started.invoke({}, { Qualifier: '1' })).payload.pid).toBe(first);

  process.kill(first, 'SIGKILL');
  await until(() => expect(pids()).toHaveLength(2));
  await ready(started, 1);
  const next = await started.invoke({}, { Qualifier: '1' });
  expect(next.payload).toEqual({ pid: pids()[1], type: 'provisioned-concurrency' });

  await started.client.send(new DeleteProvisionedConcurrencyConfigCommand(version));
  await until(() => expect(pids().map(isAlive)).toEqual([false, false]));
  await expect(get(started)).rejects.toMatchObject({
    name: 'ProvisionedConcurrencyConfigNotFoundException',
    message: 'No Provisioned Concurrency Config found for this function',
  });
  expect((await started.invoke({}, { Qualifier: '1' })).payload.type).toBe('on-demand');
});

test('one that a handler ended is replaced, too', async () => {
  const started = await startLambda();
  const { code, pids } = witnessed('async () => process.exit(1)');
  await started.create(code, { Publish: true });
  await put(started, 1);
  await ready(started, 1);
  expect((await started.invoke({}, { Qualifier: '1' })).payload.errorType).toBe('Runtime.ExitError');
  await until(() => expect(pids()).toHaveLength(2));
  await ready(started, 1);
});

test('what they cannot take spills over to environments on demand', async () => {
  const started = await startLambda();
  const { code } = witnessed(`async ({ gate }) => {
    while (gate !== undefined && !existsSync(gate)) await new Promise((resolve) => setTimeout(resolve, 5));
    return process.env.AWS_LAMBDA_INITIALIZATION_TYPE; }`);
  await started.create(code, { Publish: true, Timeout: 60 });
  await put(started, 1);
  await ready(started, 1);
  const gate = join(started.environment.stateDir, 'gate');
  const first = started.invoke({ gate }, { Qualifier: '1' });
  await until(async () =>
    expect((await started.logStreams()).flatMap(({ messages }) => messages).join('')).toContain('INIT_START'),
  );
  const second = started.invoke({ gate }, { Qualifier: '1' });
  await until(async () => expect(await started.logStreams()).toHaveLength(2));
  writeFileSync(gate, '');
  expect(new Set([(await first).payload, (await second).payload])).toEqual(
    new Set(['on-demand', 'provisioned-concurrency']),
  );
});

test('an init that fails is shown as FAILED, and tried again after a while or when asked for again', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock });
  const gate = join(started.environment.stateDir, 'gate');
  const { code, pids } = witnessed();
  await started.create(`${code} if (!existsSync(${JSON.stringify(gate)})) throw new Error('not yet');`, {
    Publish: true,
  });
  const failed = async (inits: number) => {
    await until(async () =>
      expect(await get(started)).toMatchObject({
        Status: 'FAILED',
        StatusReason: 'FUNCTION_ERROR_INIT_FAILURE',
        AvailableProvisionedConcurrentExecutions: 0,
      }),
    );
    await until(() => expect(pids()).toHaveLength(inits));
  };
  await put(started, 1);
  await failed(1);
  await put(started, 1);
  await until(() => expect(pids()).toHaveLength(2));
  await failed(2);
  clock.advance(1000);
  await until(() => expect(pids()).toHaveLength(3));
  writeFileSync(gate, '');
  await until(async () => {
    clock.advance(100);
    expect(await get(started)).toMatchObject({ Status: 'READY' });
  });
  expect(pids()).toHaveLength(4);
});

test('an init ahead may take 130 s, or the function’s own time limit where that is longer', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock });
  const { code, pids } = witnessed();
  await started.create(`${code} await new Promise((resolve) => setTimeout(resolve, 1e6));`, {
    Publish: true,
  });
  await put(started, 1);
  await until(() => expect(pids()).toHaveLength(1));
  clock.advance(129_999);
  expect(await get(started)).toMatchObject({ Status: 'IN_PROGRESS' });
  expect(pids().map(isAlive)).toEqual([true]);
  clock.advance(1);
  await until(async () => expect(await get(started)).toMatchObject({ Status: 'FAILED' }));
  expect((await started.logStreams())[0]?.messages.at(-1)).toMatch(
    /^INIT_REPORT .*Phase: init\tStatus: timeout/,
  );
});

test('they end with the cloud and with their function, and are made again after a restart', async () => {
  const started = await startLambda();
  const { code, pids } = witnessed();
  await started.create(code, { Publish: true });
  await put(started, 2);
  await ready(started, 2);
  await started.service.stop?.();
  expect(pids().map(isAlive)).toEqual([false, false]);

  const again = createLambda(
    started.environment,
    { logs: { append: () => {} }, metrics: { record: () => {} }, objects: () => started.objects },
    { credentials: CREDENTIALS },
  );
  await again.start?.();
  try {
    await until(() => expect(pids()).toHaveLength(4));
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:fn:1';
    const answer = await again.invoker.invoke(arn, '{}', new AbortController().signal);
    expect(JSON.parse(answer.payload).type).toBe('provisioned-concurrency');
    const context = { requestId: '', headers: {}, accessKeyId: undefined, sourceIp: '' };
    await again.operations['DeleteFunction']?.({ FunctionName: 'fn' }, context);
    await until(() => expect(pids().some(isAlive)).toBe(false));
  } finally {
    await again.stop?.();
  }
});

test('it is listed, and refused beyond the limits of function and account', async () => {
  const started = await startLambda();
  await started.create('export const handler = async () => {};', { Publish: true });
  const refused = (message: string) => ({ name: 'InvalidParameterValueException', message });
  const reserve = (ReservedConcurrentExecutions: number) =>
    started.client.send(
      new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions }),
    );
  await expect(put(started, 901)).rejects.toMatchObject(
    refused(
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
    ),
  );
  await expect(put(started, 1001)).rejects.toMatchObject(
    refused(
      "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
    ),
  );
  await reserve(1);
  await expect(put(started, 2)).rejects.toMatchObject(
    refused(
      'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
    ),
  );
  await put(started, 1);
  await expect(reserve(0)).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
  await ready(started, 1);
  // All of the reservation is the version's.
  await expect(started.invoke()).rejects.toMatchObject({
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
  });

  const list = new ListProvisionedConcurrencyConfigsCommand({ FunctionName: 'fn' });
  expect((await started.client.send(list)).ProvisionedConcurrencyConfigs).toMatchObject([
    { FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:1', Status: 'READY' },
  ]);
  await expect(
    started.client.send(
      new PutProvisionedConcurrencyConfigCommand({
        FunctionName: 'fn',
        Qualifier: '$LATEST',
        ProvisionedConcurrentExecutions: 1,
      }),
    ),
  ).rejects.toMatchObject(
    refused('Provisioned Concurrency Configs cannot be applied to unpublished function versions.'),
  );
  await started.client.send(new DeleteFunctionCommand(version));
  expect((await started.client.send(list)).ProvisionedConcurrencyConfigs).toEqual([]);
});
