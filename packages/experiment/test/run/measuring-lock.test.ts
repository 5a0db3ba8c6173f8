import { readdir } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { type RunOutcome, runExperiment } from '../../src/index.ts';
import { type DummyContext, dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { noFlags } from '../fixtures/no-flags.ts';
import { folderOf } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('while a run measures, another one of any experiment in the same results folder is refused and told which', async () => {
  let refused: RunOutcome | undefined;
  const resultsFolder = await temporaryFolder();
  const options = {
    resultsFolder,
    cloud: noFlags,
    emit: () => undefined,
    signal: new AbortController().signal,
  };
  const nesting = {
    ...dummyExperiment,
    run: async (context: DummyContext) => {
      refused = await runExperiment({ ...dummyExperiment, id: 'other' }, {}, options);
      await dummyExperiment.run(context);
    },
  };
  const folder = folderOf(await runExperiment(nesting, {}, options));
  expect(refused).toMatchObject({ kind: 'usage', message: expect.stringContaining(`(${folder})`) });
  expect((await readdir(resultsFolder)).toSorted()).toEqual(['.lock', 'dummy']);
});
