import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunFolderError, readObservations } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('what a run measured is read from its rows, a torn last one left out', async () => {
  const repetitions = { value: 8, origin: 'flag' } as const;
  const { outcome, events } = await runDummy(await temporaryFolder(), { repetitions });
  const recorded = events.flatMap((event) => (event.type === 'sampleRecorded' ? [event.observation] : []));
  await appendFile(join(folderOf(outcome), 'samples.csv'), 'hare,race#9,17');
  expect(await readObservations(dummyExperiment, folderOf(outcome))).toEqual(recorded);
});

test('a damaged manifest is told as such', async () => {
  const { outcome } = await runDummy(await temporaryFolder());
  await writeFile(join(folderOf(outcome), 'manifest.json'), '{');
  await expect(readObservations(dummyExperiment, folderOf(outcome))).rejects.toThrow(RunFolderError);
});
