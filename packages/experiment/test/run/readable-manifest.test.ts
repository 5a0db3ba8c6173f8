import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type AnyExperiment, runExperiment, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { resumeDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function run(experiment: AnyExperiment, seed = 7) {
  const resultsFolder = await temporaryFolder();
  const signal = new AbortController().signal;
  const options = { resultsFolder, cloud: noFlags, emit: () => undefined, signal, seed };
  return { resultsFolder, outcome: await runExperiment(experiment, {}, options) };
}

test.each<[string, object]>([
  ['no number', { clockOffset: { offsetMs: Number.NaN, uncertaintyMs: 1 } }],
  ['a negative uncertainty', { clockOffset: { offsetMs: 1, uncertaintyMs: -1 } }],
  ['more than asked', { clockOffset: null, humidity: 0.4 }],
])('conditions with %s fail the run, and leave its manifest readable', async (_, conditions) => {
  const strange = { ...dummyExperiment, conditions: async () => conditions } as AnyExperiment;
  const { outcome } = await run(strange);
  expect(outcome).toMatchObject({
    kind: 'failed',
    message: expect.stringMatching(/manifest\.json could not be read again(.|\n)*conditions/),
  });
  const folder = outcome.kind === 'failed' ? (outcome.folder ?? '') : '';
  expect((await showRun(folder)).status).toBe('failed');
  expect((await resumeDummy(folder)).outcome.kind).toBe('valid');
});

test.each<[string, AnyExperiment, number]>([
  ['a seed of more than 32 bits', dummyExperiment, 2 ** 40],
  [
    'an estimate that is no number',
    {
      ...dummyExperiment,
      plan: async () => ({ units: [{ arm: 'hare', unit: 'race#1' }], estimatedDurationMs: Number.NaN }),
    },
    7,
  ],
])('a run with %s leaves no folder', async (_, experiment, seed) => {
  const { resultsFolder, outcome } = await run(experiment, seed);
  expect(outcome).toMatchObject({
    kind: 'failed',
    folder: undefined,
    message: expect.stringContaining('manifest.json could not be read again'),
  });
  expect(await readdir(`${resultsFolder}/dummy`)).toEqual([]);
});
