import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyReport, deriveAgain, UsageError } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const names = [
  'charts/mean_times.png',
  'charts/mean_times.svg',
  'checks.json',
  'podium.html',
  'report.html',
  'report.md',
  'summary.json',
  'tables/mean_times.csv',
];

test('what was derived of a run is copied, again over itself, and over nothing else', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder())).outcome);
  const derived = await deriveAgain(dummyExperiment, folder, new AbortController().signal);
  const to = join(await temporaryFolder(), 'thesis', 'figures');
  expect((await copyReport(derived, to)).toSorted()).toEqual(names);
  for (const name of names)
    expect(await readFile(join(to, name))).toEqual(await readFile(join(folder, name)));
  await copyReport(derived, to);

  const other = await temporaryFolder();
  await writeFile(join(other, 'report.md'), 'my own words');
  await expect(copyReport(derived, other)).rejects.toThrow(UsageError);
  expect(await readdir(other)).toEqual(['report.md']);
  await writeFile(join(other, 'charts'), 'a file');
  await expect(copyReport({ ...derived, files: [] }, join(other, 'charts'))).rejects.toThrow(UsageError);
});
