import { RandomWorkflow } from '@skyground/asl/random-workflow';
import fc from 'fast-check';
import { expect, test } from 'vitest';

import { readWorkflow } from '../src/workflow.ts';
import { runInOne, withoutIds, work } from './support/run-in-one.ts';
import { noPlaceholder, runSchedule } from './support/run-schedule.ts';

const INPUT = { items: [1, 'two', { three: 3 }], a: 5 };
const WORKFLOWS = 150;

test('any workflow ends as under the interpreter, whatever crashes, comes twice or comes late', async () => {
  const met = { schedules: 0, crashes: 0, duplicates: 0, startedEarly: 0, SUCCEEDED: 0, FAILED: 0 };
  await fc.assert(
    fc.asyncProperty(fc.gen(), fc.integer(), async (draw, seed) => {
      const workflow = await readWorkflow(new RandomWorkflow(draw).definition(), noPlaceholder);
      const expected = withoutIds(await runInOne(workflow, INPUT));
      if (expected.status === 'SUCCEEDED' || expected.status === 'FAILED') met[expected.status] += 1;
      for (const mode of ['CLASSIC', 'FUTURE_BASED'] as const) {
        for (const collectsGarbage of [true, false]) {
          const schedule = { workflow, handler: work, input: INPUT, mode, collectsGarbage, seed };
          expect((await runSchedule(schedule, met)).result).toEqual(expected);
        }
      }
    }),
    { numRuns: WORKFLOWS },
  );
  // What this proves it must have met.
  expect(Math.min(...Object.values(met))).toBeGreaterThan(0);
});
