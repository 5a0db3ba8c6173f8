import { execFileSync } from 'node:child_process';
import { mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import { deleteRun, deriveAgain, exportSamples, listRuns, RunFolderError, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { contentOf, folderOf, killedCopy, resumeDummy, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const running = new AbortController().signal;
const given = { repetitions: { value: 6, origin: 'flag' } } as const;

/** A whole run, and one that was killed before its first row and came from somebody else. */
async function received() {
  const results = await temporaryFolder();
  const whole = folderOf((await runDummy(results, given)).outcome);
  const killed = await killedCopy(whole, join(results, 'dummy', '20260101T000000.000Z'), '');
  return { results, whole, killed };
}

/** Node has no call for it. */
const makePipe = (path: string) => execFileSync('/bin/sh', ['-c', 'mkfifo "$0"', path]);

test('pictures of somebody else are not removed through a link in the place of the charts', async () => {
  const { results, whole } = await received();
  const album = join(results, 'album');
  await mkdir(album);
  await writeFile(join(album, 'wedding.png'), 'mine');
  await rm(join(whole, 'charts'), { recursive: true });
  await symlink(album, join(whole, 'charts'));
  await expect(deriveAgain(dummyExperiment, whole, running)).rejects.toThrow(/charts is neither a file nor/);
  expect(await readdir(album)).toEqual(['wedding.png']);
});

test.each(['run.log', 'samples.csv'])('a resume writes nothing through a link called %s', async (name) => {
  const { results, killed } = await received();
  const target = join(results, 'profile');
  await writeFile(target, '');
  await rm(join(killed, name), { force: true });
  await symlink(target, join(killed, name));
  expect((await resumeDummy(killed)).outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringContaining(`${name} is neither a file nor`),
  });
  expect(await contentOf(results, 'profile')).toBe('');
});

test.each<[string, string, (path: string) => unknown]>([
  ['a folder in the place of its checks', 'checks.json', (path) => mkdir(path)],
  ['a folder in the place of its manifest', 'manifest.json', (path) => mkdir(path)],
  // Reading would wait for a writer for ever.
  ['a pipe in the place of its summary', 'summary.json', makePipe],
  ['a pipe in the place of its manifest', 'manifest.json', makePipe],
  ['a pipe in the place of its lock', 'run.lock', makePipe],
  ['a device in the place of its bill', 'bill.json', (path) => symlink('/dev/zero', path)],
  [
    'a summary of three gigabytes',
    'summary.json',
    async (path) => {
      await writeFile(path, '');
      await truncate(path, 3 * 1024 ** 3);
    },
  ],
  [
    'a bill of a function that cannot be',
    'bill.json',
    (path) =>
      writeFile(
        path,
        JSON.stringify({
          schemaVersion: 1,
          usage: { lambda: [{ architecture: 'x86_64', memoryMb: 7, requests: 1, billedMs: 1 }] },
          bill: null,
        }),
      ),
  ],
])('a run with %s is listed as unreadable, and hides no other', async (_, name, plant) => {
  const { results, whole, killed } = await received();
  await rm(join(killed, name), { force: true });
  await plant(join(killed, name));
  await expect(showRun(killed)).rejects.toThrow(RunFolderError);
  expect(await listRuns(results)).toEqual([
    expect.objectContaining({ kind: 'run', folder: whole }),
    { kind: 'unreadable', folder: killed, reason: expect.stringContaining(name) },
  ]);
});

test('samples that are a pipe are refused, not waited for', async () => {
  const { killed, results } = await received();
  await rm(join(killed, 'samples.csv'));
  makePipe(join(killed, 'samples.csv'));
  const request = { format: 'csv', path: join(results, 'a.csv') } as const;
  await expect(exportSamples(dummyExperiment, killed, request)).rejects.toThrow('samples.csv is no file');
});

test('a file in the place of the charts is deleted with its run', async () => {
  const { whole, killed, results } = await received();
  await writeFile(join(killed, 'charts'), '');
  const named = await contentOf(killed, 'manifest.json');
  await writeFile(
    join(killed, 'manifest.json'),
    named.replace(/"runId": "[^"]+"/, `"runId": "${basename(killed)}"`),
  );
  await deleteRun(killed);
  expect(await readdir(join(results, 'dummy'))).toEqual([basename(whole)]);
});

test('what is wrong with a manifest is told in a few lines, however much it is', async () => {
  const { whole } = await received();
  const manifest = await contentOf(whole, 'manifest.json');
  const units = Array.from({ length: 10_000 }, () => '{}').join();
  await writeFile(join(whole, 'manifest.json'), manifest.replace('"units": [', `"units": [${units},`));
  const error: unknown = await showRun(whole).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(RunFolderError);
  expect(String(error).length).toBeLessThan(1_000);
});

test('what would steer a terminal is no part of run.log', async () => {
  const daring = {
    ...dummyExperiment,
    run: async (context: Parameters<typeof dummyExperiment.run>[0]) => {
      context.log('info', 'one\u001b[2Jtwo\u0007\u202e\nthree');
      await dummyExperiment.run(context);
    },
  };
  const folder = folderOf((await runDummy(await temporaryFolder(), given, { experiment: daring })).outcome);
  const log = await contentOf(folder, 'run.log');
  expect(log).toContain('info one\ufffd[2Jtwo\ufffd\ufffd three\n');
  expect(log.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
});
