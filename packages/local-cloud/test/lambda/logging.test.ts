import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { expect, test } from 'vitest';
import { startLambda, until } from './lambda-fixture.ts';

test.for([
  ['a time that no Date can hold', 'a55a000300000001ffffffffffffffff41'],
  ['a length that no memory can hold', 'a55a0003ffffffff0006000000000000414243'],
] as const)('bytes that look like a frame, with %s, are text', async ([, hex]) => {
  const { create, invoke } = await startLambda();
  await create(
    `export const handler = async ({ hex }) => { process.stdout.write(Buffer.from(hex, 'hex')); console.log('after'); };`,
  );
  const { StatusCode, tail } = await invoke({ hex });
  expect(StatusCode).toBe(200);
  expect(tail).toMatch(/A.*\n.*\tINFO\tafter\n/s);
  expect(tail).toContain(Buffer.from(hex, 'hex').toString('utf8'));
});

test('readers see raw lines and those of the console in the order of writing', async () => {
  const { create, invoke, logsClient } = await startLambda();
  await create(`export const handler = async () => {
    process.stdout.write('line 1\\n'); console.log('line 2'); process.stdout.write('line 3\\n');
    const until = Date.now() + 3; while (Date.now() < until); console.log('line 4'); process.stdout.write('line 5'); };`);
  await invoke();
  const { events = [] } = await logsClient.send(
    new FilterLogEventsCommand({ logGroupName: '/aws/lambda/fn' }),
  );
  const seen = events.map(({ message = '' }) => message.match(/line \d|^[A-Z_]+/)?.[0]);
  expect(seen).toEqual([
    'INIT_START',
    'START',
    ...[1, 2, 3, 4, 5].map((number) => `line ${number}`),
    'END',
    'REPORT',
  ]);
});

test('a text longer than an event becomes several', async () => {
  const { create, invoke, environment } = await startLambda();
  await create(`export const handler = async () => {
    console.log('c'.repeat(1.5 * 1024 * 1024)); process.stdout.write('r'.repeat(2.5 * 1024 * 1024) + '\\n'); };`);
  await invoke();
  // A page of GetLogEvents holds one event of this size.
  const messages = environment.database
    .prepare('SELECT message FROM log_event ORDER BY id')
    .all()
    .map((row) => String(row['message']))
    .filter((message) => /c{3}|r{3}/.test(message));
  expect(messages.map((message) => [message.match(/[cr]{3}/)?.[0][0], message.length > 1024 * 1024])).toEqual(
    [
      ['c', false],
      ['c', false],
      ['r', false],
      ['r', false],
      ['r', false],
    ],
  );
  expect(messages.join('').match(/c{3,}/g)?.join('')).toHaveLength(1.5 * 1024 * 1024);
  expect(messages.join('').match(/r{3,}/g)?.join('')).toHaveLength(2.5 * 1024 * 1024);
});

test('the output of one invocation is cut at its limit, that of the next is whole', async () => {
  const { create, invoke, environment } = await startLambda();
  await create(`export const handler = async ({ megabytes }) => {
    for (let n = 0; n < megabytes * 16; n += 1) console.log('x'.repeat(64 * 1024)); console.log('the end'); };`);
  const storedMb = () =>
    Number(environment.database.prepare('SELECT sum(length(message)) AS n FROM log_event').get()?.['n']) /
    1024 /
    1024;
  const flood = await invoke({ megabytes: 40 });
  expect(storedMb()).toBeGreaterThan(15);
  expect(storedMb()).toBeLessThan(18);
  expect(flood.tail).toContain('keeps the first 16 MB of an invocation');
  expect(flood.tail).not.toContain('the end');
  expect(flood.tail).toContain('REPORT RequestId');
  const next = await invoke({ megabytes: 1 });
  expect(next.tail).toContain('the end');
});

test('a handler that replaces the clock still has a log', async () => {
  const { create, invoke } = await startLambda();
  await create(`export const handler = async () => {
    Date.now = () => Number.NaN; globalThis.Date = class { static now() { throw new Error('mocked'); } };
    console.log('logged'); };`);
  const { FunctionError, tail } = await invoke();
  expect(FunctionError).toBeUndefined();
  expect(tail).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t[0-9a-f-]{36}\tINFO\tlogged$/m);
});

test('a log that cannot be written while a function runs fails its invocation, not the cloud', async () => {
  const { create, invoke, environment, logStreams } = await startLambda();
  await create(
    `export const handler = async () => { for (;;) { console.log('tick'); await new Promise((resolve) => setTimeout(resolve, 5)); } };`,
    { Timeout: 900 },
  );
  const invoked = invoke().catch((error: unknown) => error);
  await until(async () => expect((await logStreams())[0]?.messages.join('')).toContain('tick'));
  environment.database.exec('ALTER TABLE log_event RENAME TO log_event_away');
  expect(await invoked).toMatchObject({
    name: 'ServiceException',
    message: expect.stringContaining('The execution environment of fn could not be run'),
  });
  expect(await invoke({}, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
});
