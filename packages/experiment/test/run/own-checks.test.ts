import { expect, test } from 'vitest';
import { type AnyExperiment, type Finding, showRun } from '../../src/index.ts';
import { dummyExperiment } from '../fixtures/dummy-experiment.ts';
import { folderOf, runDummy } from '../support/dummy-runs.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const about = { arms: ['hare'], remedy: 'Let it sleep.' };

/** What of the run the check was asked with, and what the run made of its answer. */
async function runWith(findings: readonly Finding[]) {
  const asked: { readonly samples: number; readonly parameters: object }[] = [];
  const experiment: AnyExperiment = {
    ...dummyExperiment,
    checks: (samples, parameters) => {
      asked.push({ samples: samples.length, parameters });
      return findings;
    },
  };
  const { outcome } = await runDummy(await temporaryFolder(), {}, { experiment });
  const shown = await showRun(folderOf(outcome));
  // Whatever else this machine does meanwhile is a finding too.
  const own = shown.findings?.filter(({ checkId }) => checkId !== 'machine-load');
  return { asked, outcome, isValid: shown.isValid, own };
}

test("an error of the experiment's own makes its run not valid, and stands before its warnings", async () => {
  const warning = { checkId: 'yawning', severity: 'warning', seen: 'It yawned.', ...about } as const;
  const error = { checkId: 'sleeping', severity: 'error', seen: 'It slept.', ...about } as const;
  const { asked, outcome, isValid, own } = await runWith([warning, error]);
  expect(asked).toEqual([{ samples: 24, parameters: { repetitions: 12, variant: 'fair', slowdown: 1 } }]);
  expect(outcome.kind).toBe('not valid');
  expect(isValid).toBe(false);
  expect(own).toEqual([error, warning]);
});

test('one that finds nothing changes nothing', async () => {
  expect(await runWith([])).toMatchObject({ outcome: { kind: 'valid' }, own: [] });
});
