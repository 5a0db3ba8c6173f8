import { PutFunctionConcurrencyCommand, PutFunctionEventInvokeConfigCommand } from '@aws-sdk/client-lambda';
import { expect, test } from 'vitest';
import { transaction } from '../../src/storage/transaction.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { startLambda, until } from './lambda-fixture.ts';
import { loadLambdaRecordings, memberNames } from './recordings.ts';

const recordings = loadLambdaRecordings();
const BUCKET_ARN = 'arn:aws:s3:::records';
const FAILS = `export const handler = async (event) => { console.log('attempt'); throw new Error('on purpose'); };`;
const EVENT = { message: 'test' };

type Started = Awaited<ReturnType<typeof startLambda>>;

async function attempts({ logStreams }: Started): Promise<number> {
  const messages = (await logStreams()).flatMap((stream) => stream.messages);
  return messages.filter((message) => message.startsWith('REPORT')).length;
}

const reaches = (started: Started, count: number) =>
  until(async () => expect(await attempts(started)).toBe(count));

function queued({ environment }: Started): number {
  return Number(environment.database.prepare('SELECT count(*) AS n FROM lambda_events').get()?.['n']);
}

async function written({ objects }: Started) {
  return until(() => {
    const [entry] = objects.written;
    if (entry === undefined) throw new Error('Nothing was written.');
    return { key: entry[0], record: JSON.parse(entry[1]) };
  });
}

async function withDestination(started: Started, settings: object = {}) {
  await started.client.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'fn',
      DestinationConfig: { OnFailure: { Destination: BUCKET_ARN } },
      ...settings,
    }),
  );
}

test('a failing function is run again after one and two minutes, then its record goes to the destination', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock });
  await started.create(FAILS);
  await withDestination(started);
  await started.invoke(EVENT, { InvocationType: 'Event' });

  await reaches(started, 1);
  await until(() => expect(dueInMs(started, clock)).toBe(60_000));
  clock.advance(60_001);
  await reaches(started, 2);
  await until(() => expect(dueInMs(started, clock)).toBe(120_000));
  clock.advance(120_001);
  await reaches(started, 3);

  const { key, record } = await written(started);
  expect(key).toMatch(
    /^records\/aws\/lambda\/async\/fn\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
  );
  expect(record).toMatchObject({
    version: '1.0',
    requestContext: {
      functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fn:$LATEST',
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload: EVENT,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'on purpose' },
  });
  await until(() => expect(queued(started)).toBe(0));
  const recorded = recordings?.retriesRecord();
  if (recorded !== undefined) {
    // The error document is the runtime's own: Python's in the recording.
    const withoutError = (shown: Record<string, unknown>) =>
      memberNames({ ...shown, responsePayload: 'any' });
    expect(withoutError(record)).toEqual(withoutError(recorded));
  }
});

function dueInMs({ environment }: Started, clock: ManualClock): number {
  const row = environment.database.prepare('SELECT due_ms FROM lambda_events').get();
  return Number(row?.['due_ms']) - clock.now();
}

test('an event whose retry would come after its age is given up', async () => {
  const started = await startLambda({ clock: new ManualClock(), asyncRetryDelaysMs: [60_001, 120_000] });
  await started.create(FAILS);
  await withDestination(started, { MaximumEventAgeInSeconds: 60 });
  await started.invoke(EVENT, { InvocationType: 'Event' });
  const { record } = await written(started);
  expect(record.requestContext).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 1 });
  const recorded = recordings?.eventAgeRecord();
  if (recorded !== undefined) expect(Object.keys(record)).toEqual(Object.keys(recorded));
});

test('no retries when none are wanted; on success the record goes to a function', async () => {
  const started = await startLambda();
  await started.create(
    `export const handler = async (event) => console.log('got ' + JSON.stringify(event));`,
    { FunctionName: 'witness' },
  );
  const { FunctionArn } = await started.create(
    'export const handler = async (event) => ({ sum: event.a + event.b });',
  );
  await started.client.send(
    new PutFunctionEventInvokeConfigCommand({
      FunctionName: 'fn',
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnSuccess: { Destination: FunctionArn?.replace(/fn$/, 'witness') } },
    }),
  );
  await started.invoke({ a: 1, b: 2.5 }, { InvocationType: 'Event' });
  const line = await until(async () => {
    const messages = (await started.logStreams('/aws/lambda/witness')).flatMap((stream) => stream.messages);
    const found = messages.find((message) => message.includes('got '));
    if (found === undefined) throw new Error('The witness was not called.');
    return found;
  });
  const record = JSON.parse(line.slice(line.indexOf('{')));
  expect(record).toMatchObject({
    requestContext: { condition: 'Success', approximateInvokeCount: 1 },
    requestPayload: { a: 1, b: 2.5 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    responsePayload: { sum: 3.5 },
  });
  expect(record.responseContext).not.toHaveProperty('functionError');
  const recorded = recordings?.destinationRecord(
    'TestLambdaDestinationSqs::test_assess_lambda_destination_invocation[payload0]',
  );
  if (recorded !== undefined) expect(Object.keys(record)).toEqual(Object.keys(recorded));
});

test('a dead letter is the event with its attributes', async () => {
  const started = await startLambda();
  await started.create(FAILS, { DeadLetterConfig: { TargetArn: BUCKET_ARN } });
  await started.client.send(
    new PutFunctionEventInvokeConfigCommand({ FunctionName: 'fn', MaximumRetryAttempts: 0 }),
  );
  await started.invoke(EVENT, { InvocationType: 'Event' });
  const { record } = await written(started);
  expect(JSON.parse(record.Body)).toEqual(EVENT);
  expect(record.MessageAttributes).toMatchObject({
    ErrorCode: { DataType: 'Number', StringValue: '200' },
    ErrorMessage: { DataType: 'String', StringValue: 'on purpose' },
  });
  const recorded = recordings?.deadLetter();
  if (recorded !== undefined) {
    expect(Object.keys(record.MessageAttributes).sort()).toEqual(
      Object.keys(recorded.MessageAttributes ?? {}).sort(),
    );
  }
});

test('zero reserved concurrency sends events straight to the destination', async () => {
  const started = await startLambda();
  await started.create(FAILS);
  await withDestination(started);
  await started.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 0 }),
  );
  expect(await started.invoke({}, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
  const { record } = await written(started);
  const recorded = recordings?.zeroConcurrencyRecord();
  if (recorded !== undefined) expect(memberNames(record)).toEqual(memberNames(recorded));
  expect(record.requestContext).toMatchObject({
    condition: 'ZeroReservedConcurrency',
    approximateInvokeCount: 0,
  });
});

test('events wait for a free environment without using up attempts, in their order', async () => {
  const started = await startLambda();
  await started.create(
    `let n = 0; export const handler = async (event) => console.log('event', event.id, 'as', n += 1);`,
  );
  await started.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 1 }),
  );
  for (let id = 1; id <= 20; id += 1) await started.invoke({ id }, { InvocationType: 'Event' });
  await reaches(started, 20);
  const streams = await started.logStreams();
  expect(streams).toHaveLength(1);
  const order = streams[0]?.messages.flatMap(
    (message) =>
      message
        .match(/event (\d+) as (\d+)/)
        ?.slice(1)
        .map(Number) ?? [],
  );
  expect(order).toEqual(Array.from({ length: 20 }, (_, index) => [index + 1, index + 1]).flat());
});

test('an event that waited longer than its age is given up unrun', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock });
  await started.create(
    `export const handler = async (event) => { console.log('holding'); await new Promise((resolve) => setTimeout(resolve, 60_000)); };`,
    { Timeout: 900 },
  );
  await withDestination(started, { MaximumEventAgeInSeconds: 60 });
  await started.client.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'fn', ReservedConcurrentExecutions: 1 }),
  );
  const holding = started.invoke().catch(() => undefined);
  await until(async () => expect((await started.logStreams())[0]?.messages.join('')).toContain('holding'));
  await started.invoke(EVENT, { InvocationType: 'Event' });
  await until(() => expect(queued(started)).toBe(1));
  // The dispatcher has looked at it by the time that another request has been answered.
  await started.invoke({}, { InvocationType: 'DryRun' });
  clock.advance(60_001);
  const { record } = await written(started);
  expect(record.requestContext).toMatchObject({ condition: 'EventAgeExceeded', approximateInvokeCount: 0 });
  void holding;
});

test('enqueue belongs to the caller’s transaction', async () => {
  const started = await startLambda();
  const { FunctionArn = '' } = await started.create(
    `export const handler = async (event) => console.log('ran', event.id);`,
  );
  const { database } = started.environment;
  const events = started.service.events;
  expect(() =>
    transaction(database, () => {
      events.enqueue(FunctionArn, '{"id":"rolled back"}');
      throw new Error('the object was not stored');
    }),
  ).toThrow('the object was not stored');
  transaction(database, () => events.enqueue(FunctionArn, '{"id":"kept"}'));
  events.wake();
  await reaches(started, 1);
  const log = (await started.logStreams())[0]?.messages.join('');
  expect(log).toContain('ran kept');
  expect(log).not.toContain('rolled back');
});

test('a killed environment fails its invoke, and no event is lost', async () => {
  const clock = new ManualClock();
  const started = await startLambda({ clock });
  await started.create(
    `export const handler = async (event) => { console.log('pid', process.pid); if (!event.quick) await new Promise((resolve) => setTimeout(resolve, 60_000)); };`,
    { Timeout: 900 },
  );
  const killed: number[] = [];
  const killRunning = () =>
    until(async () => {
      const log = (await started.logStreams()).flatMap((stream) => stream.messages).join('');
      const pid = [...log.matchAll(/pid (\d+)/g)]
        .map((match) => Number(match[1]))
        .find((found) => !killed.includes(found));
      if (pid === undefined) throw new Error('Not running yet.');
      killed.push(pid);
      process.kill(pid, 'SIGKILL');
    });
  const invoked = started.invoke();
  await killRunning();
  expect((await invoked).payload).toEqual({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringContaining('Runtime exited with error: signal: killed'),
  });

  await started.invoke({}, { InvocationType: 'Event' });
  await killRunning();
  await until(() => expect(dueInMs(started, clock)).toBe(60_000));
});
