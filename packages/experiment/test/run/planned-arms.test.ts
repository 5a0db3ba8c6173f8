import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunEvent } from '../../src/index.ts';
import { contentOf, folderOf, killedCopy, resumeDummy, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const armsIn = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === 'runStarted' ? [event.arms] : []));

test('who watches is told what each arm has to do, and after a resume what it has done', async () => {
  const results = await temporaryFolder();
  const { outcome, events } = await runDummy(results, { repetitions: { value: 8, origin: 'flag' } });
  expect(armsIn(events)).toEqual([
    [
      { arm: 'tortoise', units: 8, finishedUnits: 0 },
      { arm: 'hare', units: 8, finishedUnits: 0 },
    ],
  ]);
  const samples = await contentOf(folderOf(outcome), 'samples.csv');
  const threeRows = `${samples.split('\n').slice(0, 4).join('\n')}\n`;
  const killed = await killedCopy(folderOf(outcome), join(results, 'dummy', 'killed'), threeRows);
  expect(armsIn((await resumeDummy(killed)).events)).toEqual([
    [
      { arm: 'tortoise', units: 8, finishedUnits: 2 },
      { arm: 'hare', units: 8, finishedUnits: 1 },
    ],
  ]);
});
