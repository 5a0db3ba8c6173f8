import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  historyOf,
  isSent,
  LoadError,
  readLocustExceptions,
  readLocustFailures,
  readLocustHistory,
  readLocustStats,
  samplesToLocust,
} from '../src/index.ts';
import { arbitrarySamples, droppedSample, sentSample } from './example-samples.ts';

const statsHeader =
  'Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%';
const historyHeader =
  'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size';
const options = { full: true, timesFrom: 'sent' } as const;

/** Ten requests, one every 200 ms from 1,700,000,000 s, that take 10, 20, ... 100 ms; the last one fails. */
const ten = Array.from({ length: 10 }, (_, index) => {
  const sentAtMs = 1_700_000_000_000 + index * 200;
  return sentSample({
    sequence: index,
    dueAtMs: sentAtMs,
    sentAtMs,
    endedAtMs: sentAtMs + (index + 1) * 10,
    receivedBytes: 12,
    ...(index === 9 ? { status: 'failed', error: 'HTTP status 500', responseCode: '500' } : {}),
  });
});

test('stats: columns, CRLF, counts, Locust’s percentiles, floats as Python writes them', () => {
  const percentiles = '60,70,80,90,100,100,100,100,100,100,100';
  expect(samplesToLocust([...ten, droppedSample({ sequence: 10 })], options).stats).toBe(
    `${statsHeader}\r\n` +
      `GET,health,10,1,50,55.0,10.0,100.0,12.0,5.2631578947368425,0.5263157894736842,${percentiles}\r\n` +
      `,Aggregated,10,1,50,55.0,10.0,100.0,12.0,5.2631578947368425,0.5263157894736842,${percentiles}\r\n`,
  );
});

test('history: a row a second and endpoint, and a last one that counts every request', () => {
  const lines = samplesToLocust(ten, options).statsHistory.split('\r\n');
  const none = Array.from({ length: 11 }, () => 'N/A').join();
  const last = '60,70,80,90,100,100,100,100,100,100,100,10,1,50,55.0,10.0,100.0,12.0';
  expect(lines).toEqual([
    historyHeader,
    `1700000000,0,GET,health,0.000000,0.000000,${none},0,0,0,0.0,0.0,0.0,0.0`,
    `1700000000,0,,Aggregated,0.000000,0.000000,${none},0,0,0,0.0,0.0,0.0,0.0`,
    '1700000001,1,GET,health,5.000000,0.000000,30,40,40,50,50,50,50,50,50,50,50,5,0,30,30.0,10.0,50.0,12.0',
    '1700000001,1,,Aggregated,5.000000,0.000000,30,40,40,50,50,50,50,50,50,50,50,5,0,30,30.0,10.0,50.0,12.0',
    `1700000002,0,GET,health,5.000000,0.500000,${last}`,
    `1700000002,0,,Aggregated,5.000000,0.500000,${last}`,
    '',
  ]);
});

test('without full history there is one row a second, of the whole run', () => {
  const early = sentSample({ sentAtMs: 1_699_999_980_000, endedAtMs: 1_699_999_981_000 });
  const of = (full: boolean) => historyOf([early, ...ten], { full, timesFrom: 'sent' }).at(-1)?.percentilesMs;
  expect(of(false)?.at(-1)).toBe(1000);
  expect(of(true)?.at(-1)).toBe(100);
  expect(historyOf(ten, { full: false, timesFrom: 'sent' }).every(({ name }) => name === 'Aggregated')).toBe(
    true,
  );
});

test('counted from when they were due, the wait of a late request shows', () => {
  const late = sentSample({
    dueAtMs: 1_700_000_000_000,
    sentAtMs: 1_700_000_005_000,
    endedAtMs: 1_700_000_005_100,
  });
  const of = (timesFrom: 'sent' | 'due') =>
    readLocustStats(samplesToLocust([late], { full: true, timesFrom }).stats, 'a')[0]?.medianMs;
  expect([of('sent'), of('due')]).toEqual([100, 5100]);
});

test('users of a closed model are counted from their first request', () => {
  const users = [0, 1].map((user) =>
    sentSample({
      user,
      dueAtMs: 1_700_000_000_100 + user * 2000,
      sentAtMs: 1_700_000_000_100 + user * 2000,
      endedAtMs: 1_700_000_000_200 + user * 2000,
    }),
  );
  expect(
    historyOf(users, options)
      .filter(({ method }) => method === '')
      .map(({ userCount }) => userCount),
  ).toEqual([0, 1, 1, 2]);
});

test('failures and exceptions', () => {
  const again = sentSample({ status: 'failed', error: 'a, "b"' });
  const files = samplesToLocust([...ten, again, again], options);
  expect(files.failures).toBe(
    'Method,Name,Error,Occurrences\r\nGET,health,HTTP status 500,1\r\nGET,health,"a, ""b""",2\r\n',
  );
  expect(files.exceptions).toBe('Count,Message,Traceback,Nodes\r\n');
});

test('what is written is read back, and the last rows agree with the stats', () => {
  fc.assert(
    fc.property(arbitrarySamples, fc.boolean(), (samples, full) => {
      const files = samplesToLocust(samples, { full, timesFrom: 'sent' });
      const history = readLocustHistory(files.statsHistory, 'h.csv');
      const points = historyOf(samples, { full, timesFrom: 'sent' });
      expect(history.length).toBe(points.length);
      for (const [index, point] of history.entries()) {
        const { requestsPerSecond, failuresPerSecond, ...exact } = point;
        expect(points[index]).toMatchObject(exact);
        expect(points[index]?.requestsPerSecond).toBeCloseTo(requestsPerSecond, 6);
        expect(points[index]?.failuresPerSecond).toBeCloseTo(failuresPerSecond, 6);
      }
      const total = readLocustStats(files.stats, 's.csv').at(-1);
      const sent = samples.filter(isSent).length;
      expect(total?.requests).toBe(sent);
      expect(history.at(-1)?.totalRequests ?? 0).toBe(sent);
      const failures = readLocustFailures(files.failures, 'f.csv');
      expect(failures.reduce((sum, { occurrences }) => sum + occurrences, 0)).toBe(total?.failures);
      expect(readLocustExceptions(files.exceptions, 'e.csv')).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

test('files of Locust itself are read: tracebacks of several lines, first and last seen', () => {
  const exceptions =
    'Count,Message,Traceback,Nodes\r\n3,division by zero,"  File ""/x.py"", line 9, in t\n    1/0\n","local, w1"\r\n';
  expect(readLocustExceptions(exceptions, 'e.csv')).toEqual([
    {
      count: 3,
      message: 'division by zero',
      traceback: '  File "/x.py", line 9, in t\n    1/0\n',
      nodes: 'local, w1',
    },
  ]);
  const failures =
    'Method,Name,Error,Occurrences,First Seen,Last Seen\r\nGET,/,"HTTPError(\'500\')",4,2026-08-01 10:00:00,2026-08-01 10:00:09\r\n';
  expect(readLocustFailures(failures, 'f.csv')).toEqual([
    { method: 'GET', name: '/', error: "HTTPError('500')", occurrences: 4 },
  ]);
  const stats = `${statsHeader}\r\nGET,/slow,376,4,150,187.35427807486632,3.1202,3432.8,12.5,6.2,0.06,150,160,170,180,190,200,1000,3400,3400,3400,3400\r\n`;
  expect(readLocustStats(stats, 's.csv')).toMatchObject([
    { requests: 376, averageMs: 187.354_278_074_866_33 },
  ]);
});

test.each([
  [
    'another file',
    () => readLocustHistory('a,b\n', 'h.csv'),
    /h\.csv: the first line is not that of Locust's file/,
  ],
  [
    'a cell that is no number',
    () => readLocustStats(`${statsHeader}\nGET,/,x${',1'.repeat(19)}\n`, 's.csv'),
    /row 2: Request Count/,
  ],
  ['a short row', () => readLocustStats(`${statsHeader}\nGET,/\n`, 's.csv'), /Invalid Record Length/],
])('%s is refused', (_, read, message) => {
  expect(read).toThrow(message);
  expect(read).toThrow(LoadError);
});
