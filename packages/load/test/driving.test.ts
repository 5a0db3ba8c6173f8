import { expect, test } from 'vitest';
import { driveClosed } from '../src/engine/drive-closed.ts';
import { driveOpen } from '../src/engine/drive-open.ts';
import type { DriveContext } from '../src/engine/session.ts';
import { type ClosedModel, isSent, type LoadSample, responseMs, serviceMs } from '../src/index.ts';
import type { Sender } from '../src/senders/sender.ts';
import { ManualTime } from './manual-time.ts';
import { ScriptedSender } from './scripted-sender.ts';

const startAtMs = 1_700_000_000_000;

function stage(maxInFlight: number) {
  const time = new ManualTime(startAtMs);
  const sender = new ScriptedSender(time.nowMs);
  const samples: LoadSample[] = [];
  const warnings: string[] = [];
  const stop = new AbortController();
  const context: DriveContext = {
    name: 'test',
    sender,
    nowMs: time.nowMs,
    alarm: time,
    startAtMs,
    maxInFlight,
    onSample: (sample) => samples.push(sample),
    onWarning: (message) => warnings.push(message),
    signal: stop.signal,
  };
  return { time, sender, samples, warnings, stop, context };
}

const closedModel: ClosedModel = {
  kind: 'closed',
  users: 3,
  spawnRatePerSecond: 1,
  thinkTime: { kind: 'constant', thinkMs: 500 },
  runTimeMs: 5000,
  seed: 1,
};

test('an open model sends on time while the target stalls, and the wait is in the response time', async () => {
  const { time, sender, samples, context } = stage(100);
  const over = driveOpen(Float64Array.of(0, 1000, 2000, 3000), context);
  await time.advance(3500);
  expect(sender.underWay).toBe(4);
  await time.advance(1500);
  await sender.answer();
  await over;
  const sent = samples.filter(isSent);
  expect(sent.map(({ dueAtMs }) => dueAtMs - startAtMs)).toEqual([0, 1000, 2000, 3000]);
  expect(sent.map(({ sentAtMs }) => sentAtMs - startAtMs)).toEqual([0, 1000, 2000, 3000]);
  expect(sent.map(responseMs)).toEqual([5000, 4000, 3000, 2000]);
});

test('a backlog is sent with answers read in between: what is answered at once is not in the way of the rest', async () => {
  const { samples, context } = stage(20);
  const answering: Sender = {
    method: 'GET',
    send: async () => {
      await new Promise((resolve) => setImmediate(resolve));
      const times = { firstByteAtMs: context.nowMs(), endedAtMs: context.nowMs() };
      return { ...times, responseCode: '200', error: null, sentBytes: 0, receivedBytes: 0, answerId: null };
    },
    close: async () => undefined,
  };
  await driveOpen(new Float64Array(100), { ...context, sender: answering });
  expect(samples.map(({ status }) => status)).toEqual(Array.from({ length: 100 }, () => 'ok'));
});

test('requests that fell due while the generator was held up are sent late with their own due times', async () => {
  const { time, sender, samples, context } = stage(100);
  const over = driveOpen(Float64Array.of(0, 1000, 2000), context);
  await sender.answer();
  await time.jump(2600);
  await sender.answer();
  await over;
  const sent = samples.filter(isSent);
  expect(sent.map(({ sentAtMs }) => sentAtMs - startAtMs)).toEqual([0, 2600, 2600]);
  expect(sent.map(serviceMs)).toEqual([0, 0, 0]);
  expect(sent.map(responseMs)).toEqual([0, 1600, 600]);
});

test('beyond the bound requests are dropped and counted, with one warning', async () => {
  const { time, sender, samples, warnings, context } = stage(2);
  const over = driveOpen(Float64Array.of(0, 10, 20, 30, 40), context);
  await time.advance(35);
  await sender.answer();
  await time.advance(10);
  await sender.answer();
  await over;
  const bySequence = samples.toSorted((a, b) => a.sequence - b.sequence);
  expect(bySequence.map(({ status }) => status)).toEqual(['ok', 'ok', 'dropped', 'dropped', 'ok']);
  expect(bySequence.map(({ dueAtMs }) => dueAtMs - startAtMs)).toEqual([0, 10, 20, 30, 40]);
  expect(samples.filter(isSent).map(({ inFlight }) => inFlight)).toEqual([1, 2, 1]);
  expect(warnings).toEqual([expect.stringContaining('Insufficient capacity')]);
});

test('a stop sends nothing more and records what was under way as failed', async () => {
  const { time, samples, stop, context } = stage(10);
  const over = driveOpen(Float64Array.of(0, 10, 1000), context);
  await time.advance(20);
  stop.abort();
  await over;
  expect(samples.map(({ status }) => status)).toEqual(['failed', 'failed']);
});

test('a defect of the sender ends the load', async () => {
  const { sender, context } = stage(10);
  sender.failWith = new Error('defect');
  await expect(driveOpen(Float64Array.of(0, 1000), context)).rejects.toThrow('defect');
});

test('an error of several lines becomes one', async () => {
  const { sender, samples, context } = stage(10);
  const over = driveOpen(Float64Array.of(0), context);
  await sender.answer('broken\r\n  pipe');
  await over;
  expect(samples).toEqual([expect.objectContaining({ status: 'failed', error: 'broken pipe' })]);
});

test('users of a closed model spawn at their rate, wait for answers, think, and stop with the run time', async () => {
  const { time, sender, samples, context } = stage(3);
  const over = driveClosed(closedModel, context);
  // Answers come at every 250 ms.
  for (let at = 0; at <= 5250; at += 250) {
    await sender.answer();
    await time.advance(250);
  }
  await sender.answer();
  await over;
  const sent = samples.filter(isSent);
  const first = (user: number) => sent.find((sample) => sample.user === user)?.dueAtMs;
  expect([0, 1, 2].map(first)).toEqual([startAtMs, startAtMs + 1000, startAtMs + 2000]);
  expect(sent.every(({ sentAtMs }) => sentAtMs < startAtMs + 5000)).toBe(true);
  const ofUser = sent.filter(({ user }) => user === 1);
  expect(ofUser.length).toBeGreaterThan(3);
  for (const [index, sample] of ofUser.entries()) {
    const before = ofUser[index - 1];
    if (before !== undefined) expect(sample.dueAtMs - before.endedAtMs).toBe(500);
  }
});

test('a stall thins out a closed model: its blind spot, next to which the open one stands', async () => {
  const { time, sender, samples, context } = stage(3);
  const over = driveClosed({ ...closedModel, users: 1 }, context);
  await time.advance(4600);
  await sender.answer();
  await time.advance(400);
  await over;
  expect(samples.length).toBe(1);
});

test('a stop ends a closed model', async () => {
  const { time, samples, stop, context } = stage(3);
  const over = driveClosed(closedModel, context);
  await time.advance(1500);
  stop.abort();
  await over;
  expect(samples.map(({ status, user }) => [status, user])).toEqual([
    ['failed', 0],
    ['failed', 1],
  ]);
});
