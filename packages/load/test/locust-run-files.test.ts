import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isSent,
  LoadError,
  type LocustStats,
  locustLog,
  locustReportHtml,
  readLocustStats,
  samplesToLocust,
} from '../src/index.ts';
import { arbitrarySamples, droppedSample, sentSample } from './example-samples.ts';

const model = {
  kind: 'closed',
  users: 2,
  spawnRatePerSecond: 5,
  thinkTime: { kind: 'constant', thinkMs: 0 },
  runTimeMs: 3000,
  seed: 1,
} as const;
const log = { model, hostName: 'here', timesFrom: 'sent' } as const;
const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const report = {
  host: 'http://127.0.0.1:4566',
  timesFrom: 'sent',
  charts: { requestsPerSecond: svg, responseTimes: svg, users: svg },
} as const;

/** Four requests of two users; the last one fails and ends after the run time. */
const four = [10, 20, 30, 3141].map((durationMs, sequence) => {
  const sentAtMs = 1_700_000_000_000 + sequence * 200;
  return sentSample({
    sequence,
    user: sequence % 2,
    name: 'POST /predict',
    method: 'POST',
    dueAtMs: sentAtMs,
    sentAtMs,
    endedAtMs: sentAtMs + durationMs,
    receivedBytes: 12,
    ...(sequence === 3 ? { status: 'failed', error: 'HTTP status 500', responseCode: '500' } : {}),
  });
});

const fixture = (name: string): Promise<string> =>
  readFile(join(import.meta.dirname, 'fixtures/locust-2.12.1', name), 'utf8');
const logLine = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}\] [^/]+\/INFO\/[\w.]+: ./;
const isRule = (line: string): boolean => /^-+(\|-+)+$/.test(line);
const isHeader = (line: string): boolean => /^(Type|# occurrences|Error report|Response time) ?/.test(line);

test('a log tells the run as Locust does, and who wrote it', () => {
  const lines = locustLog(four, log).split('\n');
  expect(lines.slice(0, 6)).toEqual([
    '[2023-11-14 22:13:20,000] here/INFO/skyground.load: Written by Skyground from the samples of its own load, in the format of Locust; times are UTC, and the tables at the end are those of its console',
    '[2023-11-14 22:13:20,000] here/INFO/locust.main: Run time limit set to 3 seconds',
    '[2023-11-14 22:13:20,000] here/INFO/locust.runners: Ramping to 2 users at a rate of 5.00 per second',
    '[2023-11-14 22:13:20,200] here/INFO/locust.runners: All users spawned: {"User": 2} (2 total users)',
    '[2023-11-14 22:13:23,000] here/INFO/locust.main: --run-time limit reached, shutting down',
    '[2023-11-14 22:13:23,741] here/INFO/locust.main: Shutting down (exit code 1)',
  ]);
  const spaces = ' '.repeat(63);
  expect(lines.slice(8, 11)).toEqual([
    // 3201 / 4 = 800.25; 4 and 1 in 3.741 s.
    `POST     POST /predict${spaces}       4    1(25.00%) |    800      10    3141     20 |    1.07        0.27`,
    lines[7],
    `         Aggregated${spaces}          4    1(25.00%) |    800      10    3141     20 |    1.07        0.27`,
  ]);
  expect(lines.at(-4)).toBe(`1                  ${'POST POST /predict: HTTP status 500'.padEnd(100)}`);
});

test('without a failure the exit code is 0 and there is no error report; users who never began are not spawned', () => {
  const text = locustLog(four.slice(0, 1), log);
  expect(text).toContain('Shutting down (exit code 0)');
  expect(text).not.toContain('Error report');
  expect(text).not.toContain('All users spawned');
});

test('lines, headers and rules of the tables are Locust’s', async () => {
  const lines = locustLog(four, log).trimEnd().split('\n');
  const tablesFrom = lines.findIndex((line) => !logLine.test(line));
  expect((await fixture('run_log.txt')).trimEnd().split('\n')).toEqual(
    expect.arrayContaining([expect.stringMatching(logLine)]),
  );
  const tables = (text: readonly string[]) => text.filter((line) => isRule(line) || isHeader(line));
  expect(tables(lines.slice(tablesFrom))).toEqual(tables((await fixture('run_console.txt')).split('\n')));
  // The real rows are as wide as ours, of which the names are as short.
  const widths = (text: readonly string[]) =>
    text.filter((line) => /Aggregated/.test(line)).map((line) => line.length);
  expect(widths(lines)).toEqual(widths((await fixture('run_console.txt')).split('\n')));
});

/** The cells of a page's tables, without markup. */
function tablesOf(html: string): string[][][] {
  const cells = (row: string): string[] =>
    [...row.matchAll(/<t[hd][^>]*>([^<]*)<\/t[hd]>/g)].map(([, cell = '']) => cell);
  const rows = (table: string): string[][] =>
    [...table.matchAll(/<tr[^>]*>(.*?)<\/tr>/gs)].map(([, row = '']) => cells(row));
  return [...html.matchAll(/<table[^>]*>(.*?)<\/table>/gs)].map(([, table = '']) => rows(table));
}

test('the report has the headings and columns of Locust’s', async () => {
  const theirs = await fixture('run_report.html');
  const ours = locustReportHtml([...four, droppedSample()], report);
  expect(tablesOf(ours).map(([header]) => header)).toEqual(tablesOf(theirs).map(([header]) => header));
  for (const [heading] of theirs.matchAll(/<h2>.*<\/h2>/g)) expect(ours).toContain(heading);
  expect(ours.replace(/<\/?time[^>]*>/g, '')).toContain(
    '<b>During:</b> 2023-11-14 22:13:20 UTC – 2023-11-14 22:13:23 UTC',
  );
  expect(ours).toContain('<b>Target Host:</b> http://127.0.0.1:4566');
  expect(ours).toContain('<b>Not sent:</b> 1, each due');
  const figures = ['4', '1', '800', '10', '3141', '12', '1.1', '0.3'];
  const percentiles = ['30', '30', '30', ...Array.from({ length: 5 }, () => '3141')];
  expect(tablesOf(ours).map(([, ...rows]) => rows)).toEqual([
    [
      ['POST', 'POST /predict', ...figures],
      ['', 'Aggregated', ...figures],
    ],
    [
      ['POST', 'POST /predict', ...percentiles],
      ['', 'Aggregated', ...percentiles],
    ],
    [['POST', 'POST /predict', 'HTTP status 500', '1']],
  ]);
});

test('log and report have the figures of the CSV', () => {
  fc.assert(
    fc.property(
      arbitrarySamples.filter((samples) => samples.some(isSent)),
      (samples) => {
        const files = samplesToLocust(samples, { full: false, timesFrom: 'sent' });
        const stats = readLocustStats(files.stats, 'stats');
        const lines = locustLog(samples, log).split('\n');
        const inLog = (pattern: RegExp) =>
          lines
            .map((line) => pattern.exec(line))
            .flatMap((match) => (match === null ? [] : [match.slice(1).map(Number)]));
        expect(inLog(/(\d+) +(\d+)\(.*?\) \| *(\d+) +(\d+) +(\d+) +(\d+) \| +([\d.]+) +([\d.]+)$/)).toEqual(
          stats.map((line) => [...countsAndTimes(line), ...rates(line, 2)]),
        );
        expect(inLog(new RegExp(`${'(\\d+) +'.repeat(11)}(\\d+)$`))).toEqual(
          stats.map(({ percentilesMs, requests }) => [...(percentilesMs ?? []), requests]),
        );
        const [requests = [], times = []] = tablesOf(locustReportHtml(samples, report));
        expect(requests.slice(1).map((row) => row.slice(2).map(Number))).toEqual(
          stats.map((line) => [
            ...countsAndTimes(line).slice(0, 5),
            Math.trunc(line.averageBytes),
            ...rates(line, 1),
          ]),
        );
        // 50, 80, 90, 95, 99 and 100 % are in both; the CSV has no 60 and 70 %.
        expect(times.slice(1).map((row) => [2, 5, 6, 7, 8, 9].map((at) => Number(row[at])))).toEqual(
          stats.map(({ percentilesMs }) => [0, 3, 4, 5, 7, 10].map((at) => percentilesMs?.[at])),
        );
      },
    ),
  );
});

function countsAndTimes({ requests, failures, averageMs, minMs, maxMs, medianMs }: LocustStats): number[] {
  return [requests, failures, Math.trunc(averageMs), Math.trunc(minMs), Math.trunc(maxMs), medianMs];
}

function rates({ requestsPerSecond, failuresPerSecond }: LocustStats, digits: number): number[] {
  return [requestsPerSecond, failuresPerSecond].map((rate) => Number(rate.toFixed(digits)));
}

test('what comes from outside is no markup, no control character and no script', () => {
  const hostile = '<img src=x onerror=alert(1)>"&\u001b[2J';
  const sample = sentSample({ name: hostile, method: '<b>', status: 'failed', error: hostile });
  const html = locustReportHtml([sample], { ...report, host: '<script src=//x></script>' });
  for (const markup of ['<img src=x', '<script', '<td class="text"><b>', '\u001b'])
    expect(html).not.toContain(markup);
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&amp;\uFFFD[2J');
  // Charts are pictures in the page: what is in them does not run.
  expect([...html.matchAll(/ src="(.{0,26})/g)].map(([, source]) => source)).toEqual(
    Array.from({ length: 3 }, () => 'data:image/svg+xml;base64,'),
  );
  expect(locustLog([sample], log)).not.toContain('\u001b');
});

test.each([
  ['log', () => locustLog([droppedSample()], log)],
  ['report', () => locustReportHtml([], report)],
])('a %s of nothing is refused', (_, write) => {
  expect(write).toThrow(LoadError);
  expect(write).toThrow('None of the samples was sent');
});
