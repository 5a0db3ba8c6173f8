import { access, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AnyExperiment, deleteRun, deriveAgain, type RunFile, RunFolderError } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { contentOf, folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const signal = new AbortController().signal;
const given = { repetitions: { value: 6, origin: 'flag' } } as const;

/** The dummy with these files instead of its own; no picture is drawn. */
const withFiles = (...files: readonly RunFile[]): AnyExperiment => ({
  ...dummyExperiment,
  charts: () => [],
  files: () => files,
});
const at = (path: string, content = 'ours'): RunFile => ({ path, title: 'A file', content });

let results: string;
let folder: string;
beforeAll(async () => {
  results = await mkdtemp(join(tmpdir(), 'skyground-own-files-'));
  folder = folderOf((await runDummy(results, given, { experiment: withFiles() })).outcome);
});

afterAll(() => rm(results, { recursive: true, force: true }));

const derive = (...files: readonly RunFile[]) => deriveAgain(withFiles(...files), folder, signal);
const isThere = (path: string) =>
  access(join(folder, path)).then(
    () => true,
    () => false,
  );

test('the files of an experiment are made from its summary and its pictures, and the report leads to them', async () => {
  const own = folderOf((await runDummy(await temporaryFolder(), given)).outcome);
  expect(await contentOf(own, 'tables/mean_times.csv')).toMatch(
    /^animal,meanMs\ntortoise,4\d\.\d+\nhare,2\d/,
  );
  expect(await contentOf(own, 'podium.html')).toContain(await contentOf(own, 'charts/mean_times.svg'));
  expect(await contentOf(own, 'report.html')).toContain(
    '<a href="tables/mean_times.csv">tables/mean_times.csv</a>: Mean times for a spreadsheet',
  );
  expect(await contentOf(own, 'report.md')).toMatch(
    /## What the data say\n\n### Why the tortoise is slower\n\nIn 6 races the tortoise took 4\d\.\d ms\./,
  );
  await deleteRun(own);
  await expect(access(own)).rejects.toThrow('ENOENT');
});

test('files that there are no longer go with their folders; what a person put beside them stays', async () => {
  await derive(at('logs/deep/a.csv'), at('logs/b.csv'), at('c.txt'));
  await writeFile(join(folder, 'logs/notes.txt'), 'mine');
  await derive(at('c.txt', 'ours too'));
  expect(await readdir(join(folder, 'logs'))).toEqual(['notes.txt']);
  expect(await contentOf(folder, 'c.txt')).toBe('ours too');
  await expect(deleteRun(folder)).rejects.toThrow('holds files that no run wrote (logs, logs/notes.txt)');
  await rm(join(folder, 'logs'), { recursive: true });
  await derive();
  expect(await isThere('c.txt')).toBe(false);
  expect(await isThere('files.json')).toBe(false);
});

test.each([
  '',
  '/etc/passwd',
  '../beside.csv',
  'logs/../../beside.csv',
  'logs//a.csv',
  'logs/',
  './a.csv',
  '.hidden',
  'logs/.hidden',
  '-rf',
  'a b.csv',
  'a\\b.csv',
  'C:a.csv',
  'a\u0000.csv',
  'a.csv\n',
  'ä.csv',
  'manifest.json',
  'Samples.CSV',
  'summary.json/a.csv',
  'files.json',
  'report.pdf',
  'Report.html',
  'charts/a.png',
  'run.lock-journal',
])('a file at %j is refused, and nothing is written', async (path) => {
  const samples = await contentOf(folder, 'samples.csv');
  const before = await readdir(folder, { recursive: true });
  await expect(derive(at('good.csv'), at(path))).rejects.toThrow(JSON.stringify(path));
  expect(await readdir(folder, { recursive: true })).toEqual(before);
  expect(await contentOf(folder, 'samples.csv')).toBe(samples);
});

test.each([[['a.csv', 'A.csv']], [['logs', 'logs/a.csv']], [['logs/a.csv', 'Logs']]])(
  'two files in one place, %j, are refused',
  async (paths) => {
    await expect(derive(...paths.map((path) => at(path)))).rejects.toThrow('a place of its own');
  },
);

test('nothing is written or removed through a link', async () => {
  const album = await temporaryFolder();
  await writeFile(join(album, 'a.csv'), 'mine');
  await mkdir(join(folder, 'linked'));
  await symlink(album, join(folder, 'linked/album'));
  await expect(derive(at('linked/album/a.csv'))).rejects.toThrow(/linked\/album is no folder/);
  // As a folder from elsewhere may say that this was ours.
  await writeFile(
    join(folder, 'files.json'),
    JSON.stringify({ schemaVersion: 1, paths: ['linked/album/a.csv'] }),
  );
  await derive();
  expect(await contentOf(album, 'a.csv')).toBe('mine');
  await symlink(join(album, 'a.csv'), join(folder, 'linked/a.csv'));
  await expect(derive(at('linked/a.csv'))).rejects.toThrow('linked/a.csv is no file');
  expect(await contentOf(album, 'a.csv')).toBe('mine');
  await rm(join(folder, 'linked'), { recursive: true });
  await derive();
});

test('what a person put where a file belongs is not written over; the same content is taken as it is', async () => {
  await writeFile(join(folder, 'thesis.txt'), 'mine');
  // Refused again and again: an attempt does not make it ours.
  for (const _ of [1, 2]) {
    await expect(derive(at('good.csv'), at('thesis.txt'))).rejects.toThrow(RunFolderError);
    expect(await contentOf(folder, 'thesis.txt')).toBe('mine');
    expect(await isThere('good.csv')).toBe(false);
  }
  await expect(deleteRun(folder)).rejects.toThrow('holds files that no run wrote (thesis.txt)');
  await writeFile(join(folder, 'thesis.txt'), 'ours');
  await derive(at('thesis.txt'));
  await derive();
  expect(await isThere('thesis.txt')).toBe(false);
});

test('a list of files that was damaged, or that names files of the runner, removes nothing', async () => {
  await derive(at('a.csv'));
  const samples = await contentOf(folder, 'samples.csv');
  for (const list of ['{', JSON.stringify({ schemaVersion: 1, paths: ['a.csv', 'samples.csv'] })]) {
    await writeFile(join(folder, 'files.json'), list);
    await derive();
    expect(await isThere('a.csv')).toBe(true);
    expect(await contentOf(folder, 'samples.csv')).toBe(samples);
  }
  await derive(at('a.csv'));
  await derive();
  expect(await isThere('a.csv')).toBe(false);
});
