import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { experiments } from '../src/experiments.ts';
import { labOf } from './lab/lab-here.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Made by Locust 2.12.1 itself; one of its two endpoints always fails. */
const locustHistory = join(
  import.meta.dirname,
  '../../../packages/load/test/fixtures/locust-2.12.1/run_stats_history.csv',
);

function recordedLoad(dir: string, ...flags: readonly string[]) {
  return labOf(experiments, dir, ['recorded-load', '--results', 'results', ...flags]);
}

/** A history of one endpoint, as Locust writes it, of running totals at the end of each second. */
function historyOf(
  seconds: readonly { readonly requests: number; readonly failures: number; readonly averageMs: number }[],
): string {
  const header =
    'Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size';
  const rows = seconds.map(
    ({ requests, failures, averageMs }, index) =>
      `${1795282797 + index},1,GET,/slow,0,0,${'N/A,'.repeat(11)}${requests},${failures},0,${averageMs},0,0,0`,
  );
  return [header, ...rows, ''].join('\n');
}

async function summaryOf(dir: string): Promise<unknown> {
  const runs = join(dir, 'results/recorded-load');
  const [run = ''] = await readdir(runs);
  const file: unknown = JSON.parse(await readFile(join(runs, run, 'summary.json'), 'utf8'));
  return z.object({ summary: z.unknown() }).parse(file).summary;
}

it('takes a JTL into the checks, figures and charts of every run', async () => {
  await using folder = await temporaryFolder();
  const { exitCode, stdout } = await recordedLoad(folder.dir);
  expect(stdout).toContain('284 requests in 30.0 s, 0 failed; slowest: p95 of GET /heavy');
  expect(exitCode).toBe(0);
  expect(await summaryOf(folder.dir)).toMatchObject({
    of: 'requests',
    endpoints: [
      { endpoint: 'GET /light', requests: 142, failures: 0, spread: { median: 27 } },
      { endpoint: 'GET /heavy', requests: 142, failures: 0, spread: { median: 69 } },
    ],
  });
  const [run = ''] = await readdir(join(folder.dir, 'results/recorded-load'));
  const charts = await readdir(join(folder.dir, 'results/recorded-load', run, 'charts'));
  expect(charts.filter((name) => name.endsWith('.svg')).toSorted()).toEqual([
    'distribution.svg',
    'ecdf.svg',
    'timeline.svg',
  ]);
});

it('takes the history of a real Locust, second by second, and hides no failure', async () => {
  await using folder = await temporaryFolder();
  const { exitCode, stdout } = await recordedLoad(folder.dir, '--file', locustHistory);
  // The last row of the file: 92 of 92 and 0 of 47 succeeded.
  expect(stdout).toContain('139 requests in 10.0 s, 47 failed');
  expect(stdout).toContain('error: failures');
  expect(exitCode).toBe(3);
  const summary = await summaryOf(folder.dir);
  expect(summary).toMatchObject({
    of: 'seconds',
    endpoints: [
      { endpoint: 'GET /ok', requests: 92, failures: 0, spread: { n: 10 } },
      { endpoint: 'GET bad, "quoted"', requests: 47, failures: 47, spread: null },
    ],
  });
});

it('counts a second of a slow endpoint among those that can be', async () => {
  await using folder = await temporaryFolder();
  // 8 seconds, one request each that took 3 s: the mean of a second may be longer than the second.
  await writeFile(
    join(folder.dir, 'slow.csv'),
    historyOf([1, 2, 3, 4, 5, 6, 7, 8].map((requests) => ({ requests, failures: 0, averageMs: 3000 }))),
  );
  const { exitCode, stdout } = await recordedLoad(folder.dir, '--file', 'slow.csv');
  expect(stdout).toContain('8 requests in 10.0 s, 0 failed; slowest: p95 of GET /slow 3000.0 ms');
  expect(stdout).not.toContain('error: ');
  expect(exitCode).toBe(0);
});

it('takes no time from a second in which a request failed: Locust averages over failures, too', async () => {
  await using folder = await temporaryFolder();
  // One of the ten requests of the last second failed, after 1 ms.
  const seconds = [10, 20, 30, 40, 50, 60, 70, 80].map((requests) => ({
    requests,
    failures: requests === 80 ? 1 : 0,
    averageMs: requests === 80 ? (79 * 100 + 1) / 80 : 100,
  }));
  await writeFile(join(folder.dir, 'partly.csv'), historyOf(seconds));
  const { exitCode, stdout } = await recordedLoad(folder.dir, '--file', 'partly.csv');
  expect(stdout).toContain('80 requests in 8.0 s, 1 failed; slowest: p95 of GET /slow 100.0 ms');
  expect(stdout).toContain('error: failures');
  expect(exitCode).toBe(3);
  expect(await summaryOf(folder.dir)).toMatchObject({
    endpoints: [{ requests: 80, failures: 1, spread: { n: 7, min: 100 } }],
  });
});

it('reads what it exported for Locust', async () => {
  await using folder = await temporaryFolder();
  await recordedLoad(folder.dir);
  await labOf(experiments, folder.dir, [
    'export',
    'recorded-load',
    ...['--format', 'locust', '--to', 'own', '--results', 'results'],
  ]);
  const { stdout } = await recordedLoad(folder.dir, '--file', 'own_stats_history.csv');
  expect(stdout).toContain('284 requests in');
});

it.each([
  ['other.csv', 'the first line is not a header'],
  ['absent.jtl', 'no such file'],
  [locustHistory.replace('_history', ''), 'totals of the whole run.* PREFIX_stats_history.csv beside it'],
])('refuses %s, and says what was expected', async (file, why) => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.dir, 'other.csv'), 'a,b\n1,2\n');
  const { exitCode, stdout } = await recordedLoad(folder.dir, '--file', file);
  expect(stdout).toMatch(new RegExp(`expected a JTL or a PREFIX_stats_history.csv for --file.*${why}`));
  expect(exitCode).toBe(2);
});
