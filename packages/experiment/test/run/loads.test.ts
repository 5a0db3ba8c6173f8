import { expect, test } from 'vitest';
import { defineExperiment } from '../../src/index.ts';
import { type DummyContext, dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { contentOf, resumeDummy, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const parts = 8;

/** A load of one planned unit; the first attempt dies after some of its rows. */
function loadExperiment(diesAfter: number) {
  let attempt = 0;
  return defineExperiment({
    ...dummyExperiment,
    plan: async () => ({ units: [{ arm: 'hare', unit: 'load' }], estimatedDurationMs: 1 }),
    observe: (sample) => ({ ...dummyExperiment.observe(sample), partOf: { unit: 'load', parts } }),
    run: async (context: DummyContext) => {
      attempt += 1;
      for (const { unit } of context.units) {
        for (let part = 1; part <= parts; part += 1) {
          if (attempt === 1 && part > diesAfter) throw new Error('the machine went down');
          await context.record({
            animal: 'hare',
            job: `${unit} ${attempt}#${part}`,
            startedAtMs: 1000 * part,
            durationMs: 20,
            isCold: false,
            remark: null,
          });
        }
      }
    },
  });
}

test('a load that was cut is measured again as a whole; its rows stay', async () => {
  const experiment = loadExperiment(5);
  const { outcome } = await runDummy(await temporaryFolder(), {}, { experiment });
  expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('went down') });
  const folder = outcome.kind === 'failed' ? (outcome.folder ?? '') : '';
  const resumed = await resumeDummy(folder, experiment);
  expect(resumed.outcome).toMatchObject({ kind: 'valid' });
  const rows = (await contentOf(folder, 'samples.csv')).match(/load \d#/g);
  expect(rows).toEqual([...Array(5).fill('load 1#'), ...Array(parts).fill('load 2#')]);
  expect(await contentOf(folder, 'report.md')).toContain('A load was planned as one unit, whose samples are');
  expect(resumed.events).toContainEqual(
    expect.objectContaining({ type: 'sampleRecorded', finishedUnits: 1, units: 1 }),
  );
});
