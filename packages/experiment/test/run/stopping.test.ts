import { expect, test } from 'vitest';
import { type AnyExperiment, runExperiment, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { resumeDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a run that is stopped while its conditions are asked measures nothing, and can be resumed', async () => {
  const stop = new AbortController();
  let isBegun = false;
  const slowlyStopped: AnyExperiment = {
    ...dummyExperiment,
    conditions: async () => {
      stop.abort();
      return { clockOffset: null };
    },
    run: async () => {
      isBegun = true;
    },
  };
  const options = { resultsFolder: await temporaryFolder(), cloud: noFlags, emit: () => undefined };
  const outcome = await runExperiment(slowlyStopped, {}, { ...options, signal: stop.signal });
  expect(outcome.kind).toBe('stopped');
  expect(isBegun).toBe(false);
  const folder = outcome.kind === 'stopped' ? (outcome.folder ?? '') : '';
  expect((await showRun(folder)).status).toBe('stopped');
  expect((await resumeDummy(folder)).outcome.kind).toBe('valid');
});
