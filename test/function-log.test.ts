import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { functionLog, waitForReports } from '@skyground/cloud';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServedCloud, startTestCloud } from './support/test-cloud.ts';

const logGroup = '/aws/lambda/fn';
const startedMs = Date.now();
const signal = AbortSignal.timeout(60_000);
let cloud: ServedCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
  const { logs } = cloud.clients;
  await logs.send(new CreateLogGroupCommand({ logGroupName: logGroup }));
  for (const stream of ['one', 'two'])
    await logs.send(new CreateLogStreamCommand({ logGroupName: logGroup, logStreamName: stream }));
  await put('one', [
    [startedMs - 3_600_000, 'of an hour ago'],
    [startedMs, 'START RequestId: r1 Version: $LATEST\n'],
    [startedMs + 5, report('r1', 5)],
  ]);
  await put('two', [
    [startedMs + 2, 'START RequestId: r2 Version: $LATEST\n'],
    [startedMs + 3, report('r2', 1)],
    [startedMs + 4, report('r2', 2)],
  ]);
});

afterAll(() => cloud.stop());

const report = (requestId: string, durationMs: number) =>
  `REPORT RequestId: ${requestId}\tDuration: ${durationMs} ms\tBilled Duration: ${durationMs} ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB\t\n`;

async function put(stream: string, events: readonly (readonly [number, string])[]): Promise<void> {
  await cloud.clients.logs.send(
    new PutLogEventsCommand({
      logGroupName: logGroup,
      logStreamName: stream,
      logEvents: events.map(([timestamp, message]) => ({ timestamp, message })),
    }),
  );
}

it('reads the log of every environment since a moment, each line with its time and without its line end', async () => {
  const lines = await functionLog(cloud.clients, logGroup, { sinceMs: startedMs, signal });
  expect(lines.map(({ stream, atMs, message }) => [stream, atMs - startedMs, message.slice(0, 20)])).toEqual([
    ['one', 0, 'START RequestId: r1 '],
    ['two', 2, 'START RequestId: r2 '],
    ['two', 3, 'REPORT RequestId: r2'],
    ['two', 4, 'REPORT RequestId: r2'],
    ['one', 5, 'REPORT RequestId: r1'],
  ]);
  expect(lines[0]?.message).toBe('START RequestId: r1 Version: $LATEST');
});

it('a function that was never invoked has no log', async () => {
  expect(await functionLog(cloud.clients, '/aws/lambda/other', { sinceMs: 0, signal })).toEqual([]);
});

it('gives the REPORT line of each request, of the last attempt, and none where none comes', async () => {
  const reports = await waitForReports(cloud.clients, logGroup, {
    requestIds: ['r1', 'r2', 'never'],
    sinceMs: startedMs,
    waitMs: 0,
    signal,
  });
  expect([...reports].map(([requestId, { durationMs }]) => [requestId, durationMs])).toEqual([
    ['r2', 2],
    ['r1', 5],
  ]);
});

it('waits for a REPORT line that comes late', async () => {
  const waiting = waitForReports(cloud.clients, logGroup, {
    requestIds: ['late'],
    sinceMs: startedMs,
    waitMs: 30_000,
    signal,
  });
  await put('two', [[startedMs + 6, report('late', 7)]]);
  expect((await waiting).get('late')?.durationMs).toBe(7);
});
