import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deriveAgain, exitCodeOf, resumeRun, runExperiment, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { contentOf, folderOf } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const signal = new AbortController().signal;

/** Durations: tortoise 40 to 44 ms, hare 20 to 22 ms. */
async function runWith(thresholds: readonly string[], experiment = dummyExperiment, variant = 'fair') {
  const resultsFolder = await temporaryFolder();
  const given = { variant: { value: variant, origin: 'flag' } } as const;
  const options = { resultsFolder, cloud: noFlags, emit: () => undefined, signal, seed: 7, thresholds };
  return { resultsFolder, outcome: await runExperiment(experiment, given, options) };
}

test('thresholds are judged by arm, kept with the run, and a broken one ends it with exit code 99', async () => {
  const { outcome } = await runWith(['p(100)<44', 'hare: max<22', 'tortoise:med < 30', 'failed:rate==0']);
  expect(outcome).toMatchObject({
    kind: 'thresholds breached',
    thresholds: [
      { text: 'p(100)<44', arm: 'tortoise', verdict: 'kept' },
      { text: 'p(100)<44', arm: 'hare', verdict: 'kept' },
      { text: 'hare: max<22', arm: 'hare', verdict: 'kept', value: expect.closeTo(21, -1) },
      { text: 'tortoise:med < 30', arm: 'tortoise', verdict: 'broken', value: expect.closeTo(42, -1) },
      { text: 'failed:rate==0', arm: 'tortoise', verdict: 'kept', value: 0 },
      { text: 'failed:rate==0', arm: 'hare', verdict: 'kept', value: 0 },
    ],
  });
  expect(exitCodeOf(outcome)).toBe(99);
  const folder = folderOf(outcome);
  const shown = await showRun(folder);
  expect(shown.thresholds).toHaveLength(6);
  expect(shown.isValid).toBe(true);
  expect(await contentOf(folder, 'run.log')).toMatch(
    /error threshold tortoise:med < 30 of tortoise: broken with 4/,
  );
  const before = await contentOf(folder, 'checks.json');
  expect((await deriveAgain(dummyExperiment, folder, signal)).thresholds).toEqual(shown.thresholds);
  expect(await contentOf(folder, 'checks.json')).toBe(before);
});

test('a run that is not valid ends with 3, whatever its thresholds say', async () => {
  const { outcome } = await runWith(['max<1'], dummyExperiment, 'cold hare');
  expect(outcome).toMatchObject({
    kind: 'not valid',
    thresholds: [{ verdict: 'broken' }, { verdict: 'broken' }],
  });
  expect(exitCodeOf(outcome)).toBe(3);
});

test.each(['p(99)', 'rabbit: p(99)<500', 'service_ms:max<5', 'failed:p(99)<1', ''])(
  'the threshold %j is a mistake that is told before anything runs',
  async (text) => {
    const { outcome, resultsFolder } = await runWith(['max<50', text]);
    expect(outcome).toMatchObject({
      kind: 'usage',
      message: expect.stringContaining('Arms: tortoise, hare.'),
    });
    expect(await readdir(resultsFolder)).toEqual([]);
  },
);

test('failures and what was never sent count in rates alone, warm-up in nothing; no sample breaks a threshold', async () => {
  const experiment = {
    ...dummyExperiment,
    observe: (sample: Parameters<typeof dummyExperiment.observe>[0]) => {
      const observation = dummyExperiment.observe(sample);
      if (sample.animal === 'tortoise') return { ...observation, isCompared: false };
      const outcome = { 'race#1': 'failed', 'race#2': 'timed out', 'race#3': 'unsent' } as const;
      const failed = Object.entries(outcome).find(([job]) => job === sample.job)?.[1];
      return failed === undefined ? observation : { ...observation, durationMs: 9_999, outcome: failed };
    },
  };
  const { outcome } = await runWith(
    ['hare:max<50', 'hare:failed:count==2', 'hare:dropped:count==1', 'tortoise:max<50'],
    experiment,
  );
  expect('thresholds' in outcome && outcome.thresholds).toMatchObject([
    { verdict: 'kept' },
    { verdict: 'kept', value: 2 },
    { verdict: 'kept', value: 1 },
    { verdict: 'no samples', value: null },
  ]);
});

test('a resumed run is held to the thresholds it was begun with', async () => {
  const breaking = { ...dummyExperiment, run: () => Promise.reject(new Error('asleep')) };
  const { outcome, resultsFolder } = await runWith(['hare: max<1'], breaking);
  expect(outcome.kind).toBe('failed');
  const folder = join(resultsFolder, 'dummy', (await readdir(join(resultsFolder, 'dummy')))[0] ?? '');
  const resumed = await resumeRun(dummyExperiment, folder, { emit: () => undefined, signal });
  expect(resumed).toMatchObject({
    kind: 'thresholds breached',
    thresholds: [{ text: 'hare: max<1', arm: 'hare' }],
  });
});
