import { expect, it } from 'vitest';
import { invocationLog, invocations, type LogLine, logBytesByRequest } from '../../src/index.ts';

const line = (stream: string, atMs: number, message: string): LogLine => ({ stream, atMs, message });
const initStart = 'INIT_START Runtime Version: nodejs:24\tRuntime Version ARN: arn:aws:lambda:::runtime:1';
const report = (requestId: string) =>
  `REPORT RequestId: ${requestId}\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB\tMax Memory Used: 60 MB`;

// Two environments at the same time: r1 and r3 in one, r2 and the second attempt of r1 in two.
const log = [
  line('one', 1, initStart),
  line('two', 2, 'a line of an invocation that began before the window'),
  line('one', 3, 'START RequestId: r1 Version: $LATEST'),
  line('two', 4, initStart),
  line('two', 5, 'START RequestId: r2 Version: $LATEST'),
  line('one', 6, 'said by r1'),
  line('one', 7, 'END RequestId: r1'),
  line('two', 7, 'END RequestId: r2'),
  line('two', 8, report('r2')),
  line('one', 8, report('r1')),
  line('one', 9, 'START RequestId: r3 Version: $LATEST'),
  line('one', 10, report('r3')),
  line('two', 11, 'START RequestId: r1 Version: $LATEST'),
  line('two', 12, report('r1')),
];

it('an invocation is told from those of other environments at the same time', () => {
  expect(
    invocations(log).map(({ requestId, lines }) => [requestId, ...lines.map(({ atMs }) => atMs)]),
  ).toEqual([
    [null, 1],
    [null, 2],
    ['r1', 3, 6, 7, 8],
    [null, 4],
    ['r2', 5, 7, 8],
    ['r3', 9, 10],
    ['r1', 11, 12],
  ]);
});

it('the log of an invocation is all of its attempts, after the start of its environment where it was the first there', () => {
  const moments = (requestId: string) => invocationLog(log, requestId).map(({ atMs }) => atMs);
  expect(moments('r1')).toEqual([1, 3, 6, 7, 8, 11, 12]);
  expect(moments('r2')).toEqual([4, 5, 7, 8]);
  expect(moments('r3')).toEqual([9, 10]);
  expect(moments('r4')).toEqual([]);
});

it('reads the JSON form of the lines too', () => {
  const start = JSON.stringify({
    time: '2026-11-21T00:00:00.000Z',
    type: 'platform.start',
    record: { requestId: 'r1', version: '$LATEST' },
  });
  expect(invocations([line('one', 1, start), line('one', 2, '{"message":"hello"}')])).toMatchObject([
    { requestId: 'r1', lines: [{ atMs: 1 }, { atMs: 2 }] },
  ]);
});

it('counts bytes as CloudWatch does: 26 beside the text of each line, every attempt of a request together', () => {
  const bytes = logBytesByRequest([
    line('one', 1, initStart),
    line('one', 2, 'START RequestId: r1'),
    line('one', 3, 'é'),
    line('two', 4, 'START RequestId: r1'),
  ]);
  expect([...bytes]).toEqual([['r1', 19 + 26 + (2 + 26) + (19 + 26)]]);
});
