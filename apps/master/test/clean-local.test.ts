import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHARTS } from '@skyground/charts';
import { metricsToCsv } from '@skyground/metrics';
import { describe, expect, it } from 'vitest';
import { markerName, planLocalCleaning } from '../src/clean-local.ts';
import { defaultOnPremOutputDir } from '../src/paths.ts';
import { record } from './records.ts';
import { runState } from './run-states.ts';
import { temporaryFolder } from './temporary-folder.ts';

async function folders(files: Readonly<Record<string, string>>) {
  const folder = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder.dir, path)), { recursive: true });
    await writeFile(join(folder.dir, path), text);
  }
  const metricsDir = join(folder.dir, 'metrics');
  const onPremOutputDir = join(folder.dir, 'out');
  return {
    ...folder,
    plan: () => planLocalCleaning({ metricsDir, onPremOutputDir }),
    left: async () =>
      (await readdir(folder.dir, { recursive: true, withFileTypes: true }))
        .filter((entry) => !entry.isDirectory())
        .map(({ name }) => name)
        .sort(),
  };
}

const csv = metricsToCsv([record()]);
const own = {
  'metrics/run.json': JSON.stringify(runState()),
  'metrics/run.json.77.tmp': '{',
  'metrics/comparison.json': JSON.stringify({ runId: runState().runId }),
  'metrics/local_metrics.csv': csv,
  'metrics/lambda_metrics.csv': '',
  'metrics/charts/index.html': '<html>',
  [`metrics/charts/${CHARTS[0]?.id ?? ''}.svg`]: '<svg/>',
  [`out/${markerName}`]: '',
  'out/1/a.jpg': 'jpeg',
};

describe('cleaning the local side', () => {
  it('removes what a run wrote without asking, and leaves what it did not', async () => {
    await using place = await folders({
      ...own,
      'metrics/README.md': '',
      'metrics/notes.csv': '',
      'metrics/old/local_metrics.csv': csv,
    });
    const plan = await place.plan();
    expect(plan.foreign).toEqual([]);
    expect(await plan.remove()).toBe(8);
    expect(await place.left()).toEqual([markerName, 'README.md', 'local_metrics.csv', 'notes.csv']);
  });

  it('has nothing to do where nothing is', async () => {
    await using place = await folders({});
    const plan = await place.plan();
    expect(plan.foreign).toEqual([]);
    expect(await plan.remove()).toBe(0);
  });

  it.each([
    ['metrics/run.json', '{"name": "my marathon"}'],
    ['metrics/comparison.json', 'not even JSON'],
    ['metrics/local_metrics.csv', 'date,km\n'],
    ['metrics/charts/holiday.png', ''],
    ['out/thesis.docx', ''],
  ])('asks about %s of somebody else, and touches nothing before the answer', async (path, text) => {
    await using place = await folders({ 'metrics/lambda_metrics.csv': csv, [path]: text });
    const before = await place.left();
    const { foreign } = await place.plan();
    expect(foreign).toMatchObject([
      {
        place: dirname(join(place.dir, path)),
        question: expect.stringContaining(path.split('/').at(-1) ?? ''),
      },
    ]);
    expect(await place.left()).toEqual(before);
  });

  it('names a few of many files', async () => {
    await using place = await folders(Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`out/${n}.txt`, ''])));
    expect((await place.plan()).foreign[0]?.question).toMatch(
      /\(1\.txt, 2\.txt, 3\.txt and 2 more\)\. Delete them\?$/,
    );
  });

  it('follows no link out of the folder', async () => {
    await using place = await folders({ [`out/${markerName}`]: '', 'elsewhere/precious.txt': 'kept' });
    await symlink(join(place.dir, 'elsewhere'), join(place.dir, 'out/link'));
    await (await place.plan()).remove();
    expect(await readFile(join(place.dir, 'elsewhere/precious.txt'), 'utf8')).toBe('kept');
    expect(await place.left()).toEqual([markerName, 'precious.txt']);
  });

  it('knows the default folder of outputs for its own without a marker', async () => {
    await using place = await folders({});
    const plan = await planLocalCleaning({ metricsDir: place.dir, onPremOutputDir: defaultOnPremOutputDir });
    expect(plan.foreign).toEqual([]);
  });
});
