import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { deriveAgain, listRuns, RunFolderError, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { contentOf, folderOf, resumeDummy, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const running = new AbortController().signal;
const given = { repetitions: { value: 6, origin: 'flag' } } as const;

test.each<[string, string, (content: string) => string, string]>([
  [
    'a manifest of a later version',
    'manifest.json',
    (text) => text.replace('"schemaVersion": 1', '"schemaVersion": 2'),
    'schema version 2, expected 1',
  ],
  ['a manifest cut short', 'manifest.json', (text) => text.slice(0, 300), 'cannot be read as JSON'],
  ['a manifest without its seed', 'manifest.json', (text) => text.replace('"seed": 7,', ''), 'seed'],
  [
    'a manifest of another tool',
    'manifest.json',
    (text) => text.replace('"skyground"', '"locust"'),
    'none of Skyground',
  ],
])(
  '%s is refused with a reason, listed as unreadable, and nothing is changed',
  async (_, name, damage, message) => {
    const results = await temporaryFolder();
    const folder = folderOf((await runDummy(results, given)).outcome);
    const damaged = damage(await contentOf(folder, name));
    await writeFile(join(folder, name), damaged);
    const samples = await contentOf(folder, 'samples.csv');
    await expect(showRun(folder)).rejects.toThrow(RunFolderError);
    await expect(deriveAgain(dummyExperiment, folder, running)).rejects.toThrow(message);
    expect((await resumeDummy(folder)).outcome).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining(message),
    });
    expect(await listRuns(results)).toEqual([
      { kind: 'unreadable', folder, reason: expect.stringContaining(message) },
    ]);
    expect(await contentOf(folder, name)).toBe(damaged);
    expect(await contentOf(folder, 'samples.csv')).toBe(samples);
  },
);

test.each<[string, (content: string) => string, string]>([
  ['other columns', (text) => text.replace('durationMs', 'durationS'), 'Another version of the experiment'],
  ['a word for a number', (text) => text.replace(/,(\d+\.\d+),/, ',fast,'), 'samples.csv, line 2'],
  [
    'a row too short',
    (text) => text.replace(/^(tortoise,race#2),/m, '$1'),
    'samples.csv, line 4: 5 cells, expected 6',
  ],
  ['a quote that never closes', (text) => text.replace('hare,', '"hare,'), 'quote'],
])('samples with %s are refused with a reason and left as they are', async (_, damage, message) => {
  const folder = folderOf((await runDummy(await temporaryFolder(), given)).outcome);
  const damaged = damage(await contentOf(folder, 'samples.csv'));
  await writeFile(join(folder, 'samples.csv'), damaged);
  await expect(deriveAgain(dummyExperiment, folder, running)).rejects.toThrow(message);
  await expect(deriveAgain(dummyExperiment, folder, running)).rejects.toThrow(RunFolderError);
  expect((await resumeDummy(folder)).outcome.kind).toBe('failed');
  expect(await contentOf(folder, 'samples.csv')).toBe(damaged);
});

test('a damaged summary is derived again from the samples', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder(), given)).outcome);
  const summary = await contentOf(folder, 'summary.json');
  await writeFile(join(folder, 'summary.json'), summary.slice(0, 40));
  await expect(showRun(folder)).rejects.toThrow('Derive the run again');
  await deriveAgain(dummyExperiment, folder, running);
  expect(await contentOf(folder, 'summary.json')).toBe(summary);
});

test('a run whose parameters are no longer known is refused; one that lacks a new parameter is read', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder(), given)).outcome);
  const manifest = await contentOf(folder, 'manifest.json');
  await writeFile(join(folder, 'manifest.json'), manifest.replace('"slowdown"', '"haste"'));
  await expect(deriveAgain(dummyExperiment, folder, running)).rejects.toThrow(
    /parameters that this version of dummy does not take(.|\n)*haste/,
  );
  const { slowdown: _, ...older } = z
    .looseObject({ parameters: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(manifest)).parameters;
  await writeFile(
    join(folder, 'manifest.json'),
    JSON.stringify({ ...z.looseObject({}).parse(JSON.parse(manifest)), parameters: older }),
  );
  expect((await deriveAgain(dummyExperiment, folder, running)).verdict.headline).toBe('hare wins.');
});

test('a run of another experiment is not mistaken for one of this', async () => {
  const folder = folderOf((await runDummy(await temporaryFolder(), given)).outcome);
  const other = { ...dummyExperiment, id: 'other' };
  await expect(deriveAgain(other, folder, running)).rejects.toThrow('expected a run of other');
});
