import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { deriveAgain, readManifest } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Medians of the dummy experiment: 42 and 21 ms. */
test.each([
  { sessions: [50, 10], uncertainties: [5, 200], finds: 'is 50 ms ahead' },
  { sessions: [10, 50], uncertainties: [200, 5], finds: 'is 50 ms ahead' },
  { sessions: [50, -80], uncertainties: [5, 5], finds: 'is 80 ms behind' },
  { sessions: [10, 20], uncertainties: [200, 300], finds: undefined },
])(
  'offsets of $sessions ms within $uncertainties ms: a session that knows little hides none that knows',
  async (trap) => {
    const folder = folderOf((await runDummy(await temporaryFolder())).outcome);
    const manifest = await readManifest(folder);
    const sessions = trap.sessions.map((offsetMs, index) => {
      const clockOffset = { offsetMs, uncertaintyMs: trap.uncertainties[index] };
      return { ...manifest.sessions[0], conditions: { clockOffset } };
    });
    await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, sessions }));
    const { findings } = await deriveAgain(dummyExperiment, folder, new AbortController().signal);
    const found = findings.find(({ checkId }) => checkId === 'clock-offset')?.seen;
    if (trap.finds === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(trap.finds);
  },
);
