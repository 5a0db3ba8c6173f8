import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readLocustExceptions,
  readLocustFailures,
  readLocustHistory,
  readLocustStats,
  samplesToLocust,
} from '../src/index.ts';
import { sentSample } from './example-samples.ts';

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
  const ours = samplesToLocust([sentSample()], { full: true, timesFrom: 'sent' });
  for (const [kind, text] of [
    ['stats', ours.stats],
    ['stats_history', ours.statsHistory],
    ['failures', ours.failures],
    ['exceptions', ours.exceptions],
  ] as const) {
    expect(text.split('\n')[0]).toBe((await read(kind)).split('\n')[0]);
  }
});
