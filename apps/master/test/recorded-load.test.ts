import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { runCli } from './cli-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Made by Locust 2.12.1 itself; one of its two endpoints always fails. */
const locustHistory = join(
  import.meta.dirname,
  '../../../packages/load/test/fixtures/locust-2.12.1/run_stats_history.csv',
);

async function summaryOf(dir: string): Promise<unknown> {
  const runs = join(dir, 'results/recorded-load');
  const [run = ''] = await readdir(runs);
  const file: unknown = JSON.parse(await readFile(join(runs, run, 'summary.json'), 'utf8'));
  return z.object({ summary: z.unknown() }).parse(file).summary;
}

it('takes a JTL into the checks, figures and charts of every run', async () => {
  await using folder = await temporaryFolder();
  const { exitCode, stdout } = await runCli(folder.dir, 'lab', 'recorded-load', '--results', 'results');
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
  const flags = ['--results', 'results', '--file', locustHistory];
  const { exitCode, stdout } = await runCli(folder.dir, 'lab', 'recorded-load', ...flags);
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

it('refuses another file, and says what was expected', async () => {
  await using folder = await temporaryFolder();
  await writeFile(join(folder.dir, 'other.csv'), 'a,b\n1,2\n');
  for (const file of ['other.csv', 'absent.jtl']) {
    const flags = ['--results', 'results', '--file', file];
    const { exitCode, stdout } = await runCli(folder.dir, 'lab', 'recorded-load', ...flags);
    expect(stdout).toMatch(
      /expected a JTL or a PREFIX_stats_history.csv for --file.*(other\.csv|absent\.jtl)/,
    );
    expect(exitCode).toBe(2);
  }
});
