import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readLocustExceptions,
  readLocustFailures,
  readLocustHistory,
  readLocustStats,
  writeLocustFiles,
} from '../src/index.ts';
import { sentSample } from './example-samples.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Made by Locust 2.12.1 itself: four users, 14 s, one endpoint that fails and one task that raises. */
const original = join(import.meta.dirname, 'fixtures/locust-2.12.1/run');
const read = (kind: string): Promise<string> => readFile(`${original}_${kind}.csv`, 'utf8');

test('files that Locust made are read', async () => {
  const stats = readLocustStats(await read('stats'), 'stats');
  const history = readLocustHistory(await read('stats_history'), 'history');
  const failures = readLocustFailures(await read('failures'), 'failures');
  const exceptions = readLocustExceptions(await read('exceptions'), 'exceptions');
  expect(stats.map(({ name }) => name)).toEqual(['/ok', 'bad, "quoted"', 'Aggregated']);
  expect(history.at(-1)).toMatchObject({ name: 'Aggregated', method: '', userCount: 4 });
  // Locust's own history ends early: this is why ours has a last row.
  expect(history.at(-1)?.totalRequests).toBeLessThan(stats.at(-1)?.requests ?? 0);
  expect(failures).toMatchObject([{ name: 'bad, "quoted"', occurrences: stats[1]?.failures }]);
  expect(exceptions).toMatchObject([{ message: 'a "b", c', nodes: 'local' }]);
  expect(exceptions[0]?.traceback.split('\n').length).toBeGreaterThan(5);
});

test('our headers are Locust’s, byte by byte', async () => {
  const prefix = join(await temporaryFolder(), 'ours');
  await writeLocustFiles(prefix, [sentSample()], { full: true, timesFrom: 'sent' });
  for (const kind of ['stats', 'stats_history', 'failures', 'exceptions']) {
    const [ours] = (await readFile(`${prefix}_${kind}.csv`, 'utf8')).split('\n');
    const [theirs] = (await read(kind)).split('\n');
    expect(ours).toBe(theirs);
  }
});

/** What notebooks do with these files: choose rows, index by time, plot columns as numbers. Prints types and figures. */
const notebook = `
import sys, pandas as pd
prefix = sys.argv[1]
stats = pd.read_csv(prefix + '_stats.csv')
history = pd.read_csv(prefix + '_stats_history.csv')
failures = pd.read_csv(prefix + '_failures.csv')
total = stats[stats['Name'] == 'Aggregated'].iloc[0]
assert pd.isna(total['Type'])
per_endpoint = stats[stats['Name'] != 'Aggregated'].set_index('Name')
assert per_endpoint['Request Count'].sum() == total['Request Count']
all_rows = history[history['Name'] == 'Aggregated'].copy()
all_rows['Time'] = pd.to_datetime(all_rows['Timestamp'], unit='s')
series = all_rows.set_index('Time')[['Requests/s', '50%', '95%', 'User Count']].dropna().astype(float)
assert len(series) >= 2
assert failures['Occurrences'].sum() == total['Failure Count']
for frame in (stats, history.drop(columns=['Total Min Response Time', 'Total Max Response Time', 'Total Average Content Size']), failures):
    print([(name, str(kind)) for name, kind in frame.dtypes.items()])
`;
const hasPandas = spawnSync('/usr/bin/python3', ['-c', 'import pandas']).status === 0;

test.skipIf(!hasPandas)(
  'a pandas notebook written for Locust runs on both, with the same types',
  async () => {
    const prefix = join(await temporaryFolder(), 'ours');
    const samples = Array.from({ length: 30 }, (_, sequence) => {
      const sentAtMs = 1_700_000_000_000 + sequence * 100;
      const endedAtMs = sentAtMs + 20 + sequence / 8;
      const outcome = sequence % 7 === 0 ? { status: 'failed' as const, error: 'HTTP status 500' } : {};
      return sentSample({ sequence, dueAtMs: sentAtMs, sentAtMs, endedAtMs, ...outcome });
    });
    await writeLocustFiles(prefix, samples, { full: true, timesFrom: 'sent' });
    const [ours, theirs] = [prefix, original].map((path) =>
      spawnSync('/usr/bin/python3', ['-c', notebook, path], { encoding: 'utf8' }),
    );
    expect(ours?.stderr).toBe('');
    expect(theirs?.stderr).toBe('');
    expect(ours?.stdout).toBe(theirs?.stdout);
  },
);
