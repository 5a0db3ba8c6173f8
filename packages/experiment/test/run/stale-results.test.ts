import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type AnyExperiment, deriveAgain, listRuns, runExperiment, showRun } from '../../src/index.ts';
import { type DummyContext, dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { resumeDummy, runAsProcess } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Measures a part of its plan, as if it had come back too early. */
const lazy: AnyExperiment = {
  ...dummyExperiment,
  run: (context: DummyContext) => dummyExperiment.run({ ...context, units: context.units.slice(0, 5) }),
};

test('figures of a part of a run are gone once it goes on: killed before the new ones, it is not taken for finished', async () => {
  const resultsFolder = await temporaryFolder();
  const signal = new AbortController().signal;
  const options = { resultsFolder, cloud: noFlags, emit: () => undefined, signal, seed: 7 };
  const partial = await runExperiment(lazy, {}, options);
  expect(partial.kind).toBe('not valid');
  const folder = join(resultsFolder, 'dummy', (await readdir(join(resultsFolder, 'dummy')))[0] ?? '');
  await deriveAgain(dummyExperiment, folder, signal);
  expect((await showRun(folder)).isValid).toBe(false);

  const order = { resultsFolder, resume: folder, seed: 7, repetitions: 12, variant: 'fair' } as const;
  await runAsProcess({ ...order, end: { place: 'after row', row: 2 } });
  expect(await listRuns(resultsFolder)).toMatchObject([
    { status: 'killed', verdict: undefined, isValid: undefined },
  ]);
  await runAsProcess({ ...order, end: { place: 'summary' } });
  const { outcome, events } = await resumeDummy(folder);
  expect(outcome.kind).toBe('valid');
  expect(events.map(({ type }) => type)).toEqual(['derived', 'runFinished']);
});
