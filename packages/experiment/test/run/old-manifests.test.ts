import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compareRuns, deriveAgain, resumeRun, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { contentOf, folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const signal = new AbortController().signal;

/** A run folder as it was written before runs had a target, thresholds and bills of their own. */
async function oldRun(results: string) {
  const folder = folderOf((await runDummy(results)).outcome);
  const { cloud, thresholds, ...rest } = JSON.parse(await contentOf(folder, 'manifest.json'));
  expect({ cloud, thresholds }).toEqual({ cloud: null, thresholds: [] });
  const [session] = rest.sessions;
  const conditions = { clockOffset: null, pricesReadOn: '2026-08-01' };
  const manifest = { ...rest, targetLabel: 'cloud (local)', sessions: [{ ...session, conditions }] };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  const { thresholds: _, ...checks } = JSON.parse(await contentOf(folder, 'checks.json'));
  await writeFile(join(folder, 'checks.json'), JSON.stringify(checks));
  return folder;
}

test('a run of an earlier version is shown, derived again and compared', async () => {
  const results = await temporaryFolder();
  const folder = await oldRun(results);
  const before = await readFile(join(folder, 'manifest.json'), 'utf8');
  expect(await showRun(folder)).toMatchObject({
    isValid: true,
    thresholds: [],
    manifest: { targetLabel: 'cloud (local)', cloud: null, thresholds: [] },
  });
  expect(await deriveAgain(dummyExperiment, folder, signal)).toMatchObject({
    bill: undefined,
    thresholds: [],
  });
  const now = folderOf((await runDummy(results)).outcome);
  const { conditions } = await compareRuns(dummyExperiment, folder, now);
  expect(conditions).toEqual([{ name: 'target', first: 'cloud (local)', second: 'this machine' }]);
  expect(await readFile(join(folder, 'manifest.json'), 'utf8')).toBe(before);
});

test('a run that does not say which target it was on is not gone on with', async () => {
  const results = await temporaryFolder();
  const folder = await oldRun(results);
  await writeFile(join(folder, 'samples.csv'), '');
  const deploying = {
    ...dummyExperiment,
    deployment: () => {
      throw new Error('expected to be refused before');
    },
  };
  const outcome = await resumeRun(deploying, folder, { emit: () => undefined, signal });
  expect(outcome).toMatchObject({ kind: 'usage', message: expect.stringContaining('begin a new one') });
});

test('runs in two regions, and with and without the CPU share of AWS, differ in a condition', async () => {
  const results = await temporaryFolder();
  const folders = [await oldRun(results), await oldRun(results)] as const;
  const at = async (folder: string, region: string, cpuShare: string | null) => {
    const request = { target: null, profile: null, region: null, role: null, useAmbientCredentials: false };
    const cloud = { request, kind: 'local', region, priceRegion: region, cpuShare };
    const manifest: object = JSON.parse(await contentOf(folder, 'manifest.json'));
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, cloud }));
  };
  await at(folders[0], 'us-east-1', 'off');
  await at(folders[1], 'eu-west-3', 'aws');
  const { conditions } = await compareRuns(dummyExperiment, folders[0], folders[1]);
  expect(conditions).toEqual([
    { name: 'cloud region', first: 'us-east-1', second: 'eu-west-3' },
    { name: 'cloud CPU share', first: 'off', second: 'aws' },
  ]);
});
