import { cp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type AnyExperiment,
  compareRuns,
  deleteRun,
  deriveAgain,
  exportSamples,
  listRuns,
  showRun,
} from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { contentOf, folderOf, killedCopy, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const few = { repetitions: { value: 6, origin: 'flag' } } as const;

test('runs are listed newest first with how they ended; what else lies there is not a run', async () => {
  const results = await temporaryFolder();
  expect(await listRuns(join(results, 'nowhere'))).toEqual([]);
  const first = folderOf((await runDummy(results, few)).outcome);
  const coldHare = { ...few, variant: { value: 'cold hare', origin: 'flag' } } as const;
  const second = folderOf((await runDummy(results, coldHare)).outcome);
  const killed = await killedCopy(first, join(results, 'dummy', '20260101T000000.000Z'), '');
  await writeFile(join(results, 'notes.txt'), 'mine');
  await cp(first, join(results, 'dummy', 'my copy'), { recursive: true });
  expect(await listRuns(results)).toMatchObject([
    { kind: 'run', folder: second, status: 'finished', isValid: false, verdict: { headline: 'hare wins.' } },
    { kind: 'run', folder: first, runId: basename(first), experimentId: 'dummy', isValid: true },
    { kind: 'run', folder: killed, status: 'killed', isValid: undefined, verdict: undefined },
  ]);
});

test('two runs are compared arm by arm, with the conditions that differ', async () => {
  const results = await temporaryFolder();
  const before = folderOf((await runDummy(results)).outcome);
  const slower = { slowdown: { value: 1.5, origin: 'flag' } } as const;
  const after = folderOf((await runDummy(results, slower)).outcome);
  const { arms, conditions, onlyInFirst, onlyInSecond } = await compareRuns(dummyExperiment, before, after);
  expect(arms.map(({ arm }) => arm)).toEqual(['tortoise', 'hare']);
  for (const { ratio, test: difference } of arms) {
    // The same seed: every duration is exactly half as long again.
    expect(ratio).toMatchObject({ kind: 'ratio', ratio: expect.closeTo(1.5, 9), n: [12, 12] });
    expect(ratio.kind === 'ratio' && ratio.low > 1.3 && ratio.high < 1.7).toBe(true);
    // Every one of 12 above every one of 12: 2 in (24 choose 12) ways.
    expect(difference).toMatchObject({ kind: 'test', u: 144, pValue: expect.closeTo(2 / 2_704_156, 12) });
  }
  expect(conditions).toEqual([{ name: 'parameter slowdown', first: '1', second: '1.5' }]);
  expect([...onlyInFirst, ...onlyInSecond]).toEqual([]);
});

test('a comparison names arms that only one run has, and gives no figure for too few samples', async () => {
  const results = await temporaryFolder();
  const both = folderOf((await runDummy(results, { repetitions: { value: 3, origin: 'flag' } })).outcome);
  const alone = await killedCopy(
    both,
    join(results, 'dummy', '20260101T000000.000Z'),
    await contentOf(both, 'samples.csv'),
  );
  const manifest = await contentOf(alone, 'manifest.json');
  await writeFile(join(alone, 'manifest.json'), manifest.replaceAll('"hare"', '"rabbit"'));
  const comparison = await compareRuns(dummyExperiment, both, alone);
  expect(comparison).toMatchObject({ onlyInFirst: ['hare'], onlyInSecond: ['rabbit'] });
  expect(comparison.arms).toMatchObject([
    { arm: 'tortoise', ratio: { kind: 'too few' }, test: { kind: 'too few' } },
  ]);
});

test('samples are exported as they are, as JSON, and for a spreadsheet', async () => {
  const results = await temporaryFolder();
  const daring: AnyExperiment = {
    ...dummyExperiment,
    run: async (context: Parameters<typeof dummyExperiment.run>[0]) =>
      dummyExperiment.run({
        ...context,
        record: (sample) =>
          context.record({ ...sample, startedAtMs: -sample.startedAtMs, remark: '=HYPERLINK("x")' }),
      }),
  };
  const folder = folderOf((await runDummy(results, few, { experiment: daring })).outcome);
  const to = (name: string) => join(results, 'exports', name);
  expect(await exportSamples(dummyExperiment, folder, { format: 'csv', path: to('a.csv') })).toEqual({
    files: [to('a.csv')],
    samples: 12,
    leftOut: 0,
  });
  expect(await contentOf(join(results, 'exports'), 'a.csv')).toBe(await contentOf(folder, 'samples.csv'));
  await exportSamples(dummyExperiment, folder, { format: 'json', path: to('a.json') });
  const samples: unknown = JSON.parse(await readFile(to('a.json'), 'utf8'));
  expect(samples).toHaveLength(12);
  expect(samples).toHaveProperty('0.remark', '=HYPERLINK("x")');
  await exportSamples(dummyExperiment, folder, { format: 'excel', path: to('a.excel.csv') });
  const sheet = await readFile(to('a.excel.csv'), 'utf8');
  expect(sheet.startsWith('\uFEFFanimal,job,')).toBe(true);
  expect(sheet.split('\r\n')[1]).toMatch(/^tortoise,race#1,-\d+,\d+\.\d+,false,"'=HYPERLINK\(""x""\)"$/);
});

test('a run is deleted whole, and only what is a run of ours', async () => {
  const results = await temporaryFolder();
  const doomed = folderOf((await runDummy(results, few)).outcome);
  const kept = folderOf((await runDummy(results, few)).outcome);
  const copy = join(results, 'my copy');
  await cp(kept, copy, { recursive: true });
  const link = join(results, 'dummy', 'link');
  await symlink(kept, link);
  for (const notOurs of [copy, link])
    await expect(deleteRun(notOurs)).rejects.toThrow('where the run was made');
  await expect(deleteRun(results)).rejects.toThrow('no manifest.json');
  await writeFile(join(kept, 'charts', 'annotated.pdf'), 'mine');
  await expect(deleteRun(kept)).rejects.toThrow('holds files that no run wrote (charts/annotated.pdf)');
  // Nor does deriving again touch it, though it removes pictures of charts that there are no longer.
  await writeFile(join(kept, 'charts', 'old-chart.svg'), '<svg/>');
  await deriveAgain(dummyExperiment, kept, new AbortController().signal);
  expect((await readdir(join(kept, 'charts'))).toSorted()).toEqual(
    ['annotated.pdf', 'mean_times.png', 'mean_times.svg'].toSorted(),
  );
  await rm(join(kept, 'charts', 'annotated.pdf'));
  await writeFile(join(kept, 'thesis.docx'), 'mine');
  await expect(deleteRun(kept)).rejects.toThrow('holds files that no run wrote (thesis.docx)');
  expect(await readdir(kept)).toContain('samples.csv');
  // What a writer that was killed left, and a version that cannot be read: still ours.
  await writeFile(join(doomed, '.summary.json.0b0e7a10-93a1-4c6f-8d5f-0123456789ab.tmp'), '{');
  const manifest = await contentOf(doomed, 'manifest.json');
  await writeFile(
    join(doomed, 'manifest.json'),
    manifest.replace('"schemaVersion": 1', '"schemaVersion": 99'),
  );
  await deleteRun(doomed);
  expect((await readdir(join(results, 'dummy'))).toSorted()).toEqual([basename(kept), 'link'].toSorted());
  expect((await showRun(kept)).verdict).toBeDefined();
});
