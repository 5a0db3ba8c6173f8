import { basename, dirname } from 'node:path';
import { type ListedRun, listRuns } from '@skyground/experiment';
import { messageOf } from '../../errors.ts';
import type { ListedExperiment } from '../../experiments.ts';
import { newestComparison } from './comparison.ts';
import { type HomeEntry, newestOf } from './entry.ts';

export const comparisonId = 'comparison';

/** Where home finds what it lists. */
export interface HomeFolders {
  readonly metricsDir: string;
  readonly resultsFolder: string;
}

/** The main comparison first, then every experiment, each with its newest run. */
export async function loadEntries(
  experiments: readonly ListedExperiment[],
  { metricsDir, resultsFolder }: HomeFolders,
): Promise<readonly HomeEntry[]> {
  const runs = await listRuns(resultsFolder);
  const comparison: HomeEntry = {
    kind: 'comparison',
    id: comparisonId,
    title: 'The main comparison, start to verdict',
    folder: metricsDir,
    newest: await newestComparison(metricsDir),
  };
  return [comparison, ...(await Promise.all(experiments.map((listed) => entryOf(listed, runs))))];
}

async function entryOf(listed: ListedExperiment, allRuns: readonly ListedRun[]): Promise<HomeEntry> {
  const { id } = listed;
  // By the folder, not by the manifest: one that cannot be read belongs somewhere, too.
  const runs = allRuns.filter(({ folder }) => basename(dirname(folder)) === id);
  try {
    const experiment = await listed.load();
    return { kind: 'experiment', id, title: experiment.title, experiment, runs, newest: newestOf(runs[0]) };
  } catch (error) {
    return { kind: 'broken', id, title: id, reason: messageOf(error) };
  }
}
