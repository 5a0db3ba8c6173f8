import type { AnyExperiment, ListedRun } from '@skyground/experiment';
import { type HomeEntry, newestOf } from '../src/ui/home/entry.ts';
import { dummyExperiment } from './fixtures/dummy/experiment.ts';

export const comparisonEntry: HomeEntry = {
  kind: 'comparison',
  id: 'comparison',
  title: 'The main comparison, start to verdict',
  folder: '/metrics',
  newest: {
    kind: 'run',
    startedAt: '2026-11-21T06:30:00.000Z',
    status: 'finished',
    isValid: true,
    headline: 'No difference shown.',
  },
};

export const brokenEntry: HomeEntry = { kind: 'broken', id: 'broken', title: 'broken', reason: 'not there' };

export function experimentEntry(
  id: string,
  runIds: readonly string[],
  title = 'Tortoise and hare',
): Extract<HomeEntry, { kind: 'experiment' }> {
  const runs = runIds.map(
    (runId): ListedRun => ({
      kind: 'run',
      folder: `/results/${id}/${runId}`,
      experimentId: id,
      runId,
      startedAt: '2026-11-21T06:30:00.000Z',
      targetLabel: 'cloud (local)',
      status: 'finished',
      verdict: { headline: 'hare wins.', sentences: [] },
      isValid: false,
    }),
  );
  const experiment: AnyExperiment = { ...dummyExperiment, id };
  return { kind: 'experiment', id, title, experiment, runs, newest: newestOf(runs[0]) };
}
