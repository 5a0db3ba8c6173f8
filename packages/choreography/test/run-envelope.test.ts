import { expect, test, vi } from 'vitest';

import { startSession } from '../src/client/start-workflow.ts';
import { readEvent } from '../src/envelope.ts';
import type { Handler } from '../src/node/call-handler.ts';
import { runEnvelope } from '../src/node/run-envelope.ts';
import type { Runtime } from '../src/runtime.ts';
import type { Mode } from '../src/session.ts';
import { Store } from '../src/store/store.ts';
import { readWorkflow } from '../src/workflow.ts';
import { MemoryObjects, MemoryTable } from './support/memory-ports.ts';
import { noPlaceholder } from './support/run-schedule.ts';
import { SteppedClock } from './support/stepped-clock.ts';

const task = (name: string, more: object) => ({
  Type: 'Task',
  Resource: `arn:aws:lambda:us-east-1:1:function:${name}`,
  ...more,
});
const never = () => new Promise<never>(() => {});
const session = 'session-1';

/** A runtime whose events wait until the test delivers them. */
async function start(definition: object, mode: Mode = 'CLASSIC') {
  const clock = new SteppedClock();
  const queue: { readonly to: string; readonly text: string }[] = [];
  const runtime: Runtime = {
    workflow: await readWorkflow(definition, noPlaceholder),
    table: new MemoryTable(),
    objects: new MemoryObjects(),
    invoke: async (to, text) => {
      queue.push({ to, text });
    },
    clock,
  };
  const { signal } = new AbortController();
  await startSession(runtime, {}, { mode, collectsGarbage: false, session, signal });
  /** The oldest event whose receiver is called so. */
  const deliver = async (name: string, handler: Handler, timeoutMs: number) => {
    const [event] = queue.splice(
      queue.findIndex(({ to }) => to.endsWith(name)),
      1,
    );
    const sent = readEvent(JSON.parse(event?.text ?? ''));
    if (sent.kind !== 'envelope') throw new Error('expected an envelope');
    const startedAtMs = clock.now();
    const context = {
      awsRequestId: 'request',
      invokedFunctionArn: `itself:${name}`,
      getRemainingTimeInMillis: () => timeoutMs - (clock.now() - startedAtMs),
    };
    const invocation = { handler, context, pollFloorMs: 20, plant: () => undefined };
    const record = await clock.until(runEnvelope(runtime, sent.envelope, invocation));
    return { record, envelope: sent.envelope, tookMs: clock.now() - startedAtMs };
  };
  return { queue, clock, deliver, result: () => new Store(runtime, session).result() };
}

test("a handler that outlasts its function fails before the function's time is up", async () => {
  const workflow = await start({ StartAt: 'A', States: { A: task('a', { End: true }) } });
  const { tookMs } = await workflow.deliver('a', never, 5000);
  expect(tookMs).toBe(4000);
  expect(await workflow.result()).toEqual({
    status: 'FAILED',
    error: 'Sandbox.Timedout',
    cause: 'Task timed out after 4 seconds',
    completedAtMs: 4000,
  });
});

test('TimeoutSeconds fails the task, and Catch sees it', async () => {
  const Catch = [{ ErrorEquals: ['States.Timeout'], Next: 'Late' }];
  const workflow = await start({
    StartAt: 'A',
    States: { A: task('a', { TimeoutSeconds: 1, Catch, End: true }), Late: { Type: 'Succeed' } },
  });
  await workflow.deliver('a', never, 60_000);
  expect(await workflow.result()).toMatchObject({
    status: 'SUCCEEDED',
    output: { Error: 'States.Timeout' },
    completedAtMs: 1000,
  });
});

test('Retry waits in the function, or sends the event again where the wait does not fit', async () => {
  const Retry = [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 2, BackoffRate: 50, MaxAttempts: 2 }];
  const workflow = await start({ StartAt: 'A', States: { A: task('a', { Retry, End: true }) } });
  const failTwice = vi
    .fn<Handler>()
    .mockRejectedValueOnce(new Error('1'))
    .mockRejectedValueOnce(new Error('2'))
    .mockResolvedValue('done');
  const first = await workflow.deliver('a', failTwice, 60_000);
  expect(first.record).toMatchObject({ outcome: 'postponed', checkpointedAtMs: null });
  expect(failTwice).toHaveBeenCalledTimes(2);
  expect(first.tookMs).toBe(2000);

  // Of the 100 s that Retry asks for, the function has 58 at a time.
  const second = await workflow.deliver('itself:a', failTwice, 60_000);
  expect(second).toMatchObject({
    record: { outcome: 'postponed' },
    tookMs: 0,
    envelope: { notBeforeMs: 102_000 },
  });
  expect(failTwice).toHaveBeenCalledTimes(2);
  const third = await workflow.deliver('itself:a', failTwice, 120_000);
  expect(third).toMatchObject({ record: { outcome: 'ran' }, tookMs: 100_000 });
  expect(await workflow.result()).toMatchObject({ status: 'SUCCEEDED', output: 'done' });
});

const FAN = {
  StartAt: 'Fan',
  States: {
    Fan: {
      Type: 'Parallel',
      Branches: [
        { StartAt: 'Quick', States: { Quick: task('quick', { End: true }) } },
        { StartAt: 'Slow', States: { Slow: task('slow', { End: true }) } },
      ],
      Next: 'Gather',
    },
    Gather: task('gather', { End: true }),
  },
};

/** Waits for all its inputs. */
const gather: Handler = async (event) =>
  Promise.all((event as readonly { value(): Promise<unknown> }[]).map((input) => input.value()));

test('an aggregator waits for its inputs until its time is up, ever less often, and is billed for it', async () => {
  const workflow = await start(FAN, 'FUTURE_BASED');
  await workflow.deliver('quick', () => 'quick', 60_000);
  const { record, tookMs } = await workflow.deliver('gather', gather, 62_000);
  expect(tookMs).toBe(60_000);
  expect(record).toMatchObject({
    preResolved: 1,
    billedWaitMs: 60_000,
    inputs: [
      { branch: 0, waitMs: 0, resolvedAtStart: true },
      { branch: 1, waitMs: 60_000, resolvedAtStart: false },
    ],
  });
  // Every 20 ms for a second, then by 2 % of the time waited: 50 + ln(60) / ln(1.02) = 257, with those of find and of hasFailed.
  expect(record.reads).toBeGreaterThan(240);
  expect(record.reads).toBeLessThan(275);
  expect(await workflow.result()).toMatchObject({ status: 'FAILED', error: 'Sandbox.Timedout' });
});

test('in FUTURE_BASED the first branch starts the aggregator, in CLASSIC the last, and its inputs are there', async () => {
  const early = await start(FAN, 'FUTURE_BASED');
  await early.deliver('quick', () => 'quick', 60_000);
  expect(early.queue.map(({ to }) => to.split(':').at(-1))).toEqual(['slow', 'gather']);
  const late = await start(FAN, 'CLASSIC');
  await late.deliver('quick', () => 'quick', 60_000);
  expect(late.queue).toHaveLength(1);
  await late.deliver('slow', () => 'slow', 60_000);
  const { record } = await late.deliver('gather', gather, 60_000);
  expect(record).toMatchObject({ invokedBy: 'Fan/1/Slow', preResolved: 2, billedWaitMs: 0, outcome: 'ran' });
  expect(await late.result()).toMatchObject({ output: ['quick', 'slow'] });
});

test('a branch that fails while the aggregator works ends the workflow; the aggregator keeps nothing', async () => {
  const workflow = await start(FAN, 'FUTURE_BASED');
  await workflow.deliver('quick', () => 'quick', 60_000);
  const fail = () => Promise.reject(Object.assign(new Error('no'), { name: 'Broken' }));
  const waits: Handler = async (event, context) => {
    await workflow.deliver('slow', fail, 60_000);
    return gather(event, context);
  };
  const { record } = await workflow.deliver('gather', waits, 60_000);
  expect(record).toMatchObject({ outcome: 'cut off', checkpointedAtMs: null });
  expect(await workflow.result()).toMatchObject({ status: 'FAILED', error: 'Broken' });
});

test.each([
  [
    'an error',
    Object.assign(new Error('no'), { name: 'Own', stack: 'at' }),
    'Own',
    { errorType: 'Own', errorMessage: 'no', trace: ['at'] },
  ],
  ['a text', 'no', 'string', { errorType: 'string', errorMessage: 'no', trace: [] }],
])('a handler that throws %s fails as under Lambda', async (_what, thrown, error, document) => {
  const workflow = await start({ StartAt: 'A', States: { A: task('a', { End: true }) } });
  await workflow.deliver('a', () => Promise.reject(thrown), 60_000);
  const result = await workflow.result();
  expect(result).toMatchObject({ status: 'FAILED', error });
  expect(JSON.parse(result?.status === 'FAILED' ? (result.cause ?? '') : '')).toEqual(document);
});

test('a Map of more items than can come together fails', async () => {
  const ItemProcessor = { StartAt: 'A', States: { A: task('a', { End: true }) } };
  const items = Array.from({ length: 1001 }, () => 0);
  const workflow = await start({
    StartAt: 'Items',
    States: {
      Items: { Type: 'Pass', Result: items, Next: 'Each' },
      Each: { Type: 'Map', ItemProcessor, End: true },
    },
  });
  expect(workflow.queue).toEqual([]);
  expect(await workflow.result()).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});
