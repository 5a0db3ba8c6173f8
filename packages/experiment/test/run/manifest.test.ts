import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { runExperiment, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { folderOf, runAsProcess, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('the manifest says what was run, with what origin of each value, where, and from which sources', async () => {
  const given = {
    repetitions: { value: 9, origin: 'flag' },
    slowdown: { value: 2, origin: 'file' },
  } as const;
  const folder = folderOf((await runDummy(await temporaryFolder(), given)).outcome);
  const { manifest } = await showRun(folder);
  expect(manifest).toMatchObject({
    schemaVersion: 1,
    tool: { name: 'skyground' },
    experiment: { id: 'dummy', title: 'Tortoise and hare' },
    parameters: {
      repetitions: { value: 9, origin: 'flag' },
      variant: { value: 'fair', origin: 'default' },
      slowdown: { value: 2, origin: 'file' },
    },
    targetLabel: 'this machine',
    cloud: null,
    seed: 7,
    machine: { node: process.versions.node, cores: expect.any(Number), memoryBytes: expect.any(Number) },
    libraries: { fable: '1.0.0' },
    source: { lockFileSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
  });
  expect(manifest.plan.units.slice(0, 2)).toEqual([
    { arm: 'tortoise', unit: 'race#1' },
    { arm: 'hare', unit: 'race#1' },
  ]);
  expect(manifest.sessions).toEqual([
    expect.objectContaining({ outcome: 'finished', commandLine: ['lab', 'dummy'] }),
  ]);
});

const secrets = {
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
  AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEXAMPLETOKEN',
  MY_SERVICE_PASSWORD: 'correct horse battery',
  MAP_SERVICE_KEY: 'sk-live-51H8a9b0c1d2',
  DISK_PASSPHRASE: 'open sesame seed',
};

test('no secret of the environment or the command line is in any file of a run', async () => {
  const results = await temporaryFolder();
  const order = {
    resultsFolder: results,
    resume: null,
    seed: 1,
    repetitions: 6,
    variant: 'fair',
    end: null,
  } as const;
  const flags = [
    `--note=${secrets.MY_SERVICE_PASSWORD}${secrets.MAP_SERVICE_KEY}${secrets.DISK_PASSPHRASE}`,
    '--api-key',
    'typed-in-the-clear',
    '--client-secret=also-typed',
    'http://someone:hidden-password@127.0.0.1/',
    'http://someone:hidden@other-half@127.0.0.1/',
    '--workers=3',
  ];
  expect(await runAsProcess(order, { environment: secrets, flags })).toMatchObject({ exitCode: 0 });
  const folder = join(results, 'dummy', (await readdir(join(results, 'dummy')))[0] ?? '');
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  const all = texts.join('\n');
  for (const secret of [
    ...Object.values(secrets),
    'typed-in-the-clear',
    'also-typed',
    'hidden-password',
    'other-half',
  ]) {
    expect(all).not.toContain(secret);
  }
  const { manifest } = await showRun(folder);
  expect(manifest.sessions[0]?.commandLine.slice(-7)).toEqual([
    '--note=*********',
    '--api-key',
    '***',
    '--client-secret=***',
    'http://***@127.0.0.1/',
    'http://***@127.0.0.1/',
    '--workers=3',
  ]);
});

test('a parameter that holds a secret is refused, however JSON spells it', async () => {
  const key = '-----BEGIN PRIVATE KEY-----\n"MIIEvQ"\n-----END PRIVATE KEY-----';
  vi.stubEnv('MY_PRIVATE_KEY', key);
  const resultsFolder = await temporaryFolder();
  const parameters = dummyExperiment.parameters.extend({
    note: z.array(z.string()).default([]).describe('Anything'),
  });
  const given = { note: { value: ['a', `b ${key}`], origin: 'flag' } } as const;
  const { outcome } = await runDummy(resultsFolder, given, {
    experiment: { ...dummyExperiment, parameters },
  });
  vi.unstubAllEnvs();
  expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringContaining('note holds a secret') });
  expect(await readdir(resultsFolder)).toEqual([]);
});

test.each([
  ['an unknown parameter', { workers: 3 }, /known: repetitions, variant, slowdown(.|\n)*workers/],
  ['a value of the wrong kind', { repetitions: 'many' }, /repetitions/],
])('%s is refused before there is a folder', async (_, values, message) => {
  const resultsFolder = await temporaryFolder();
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, { value, origin: 'flag' as const }]),
  );
  const { outcome } = await runDummy(resultsFolder, given);
  expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringMatching(message) });
  expect(await readdir(resultsFolder)).toEqual([]);
});

test('a plan that holds a password, nothing, or a unit twice is refused', async () => {
  const resultsFolder = await temporaryFolder();
  const unit = { arm: 'hare', unit: 'race#1' };
  for (const [units, message] of [
    [[{ arm: 'hare', unit: 'http://me:geheim@host/' }], 'without secrets'],
    [[], 'nothing to measure'],
    [[unit, unit], 'planned twice'],
    [[{ arm: 'hare', unit: 'two\nlines' }], 'one line of text'],
  ] as const) {
    const planned = { ...dummyExperiment, plan: async () => ({ units, estimatedDurationMs: 0 }) };
    const outcome = await runExperiment(
      planned,
      {},
      {
        resultsFolder,
        cloud: noFlags,
        emit: () => undefined,
        signal: new AbortController().signal,
      },
    );
    expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringContaining(message) });
    expect(JSON.stringify(outcome)).not.toContain('geheim');
  }
  expect(await readdir(resultsFolder)).toEqual([]);
});

test('a run told to stop before it began leaves nothing', async () => {
  const resultsFolder = await temporaryFolder();
  const { outcome } = await runDummy(resultsFolder, {}, { signal: AbortSignal.abort() });
  expect(outcome).toEqual({ kind: 'stopped', folder: undefined, message: 'Stopped: before the run began.' });
  expect(await readdir(resultsFolder)).toEqual([]);
});
