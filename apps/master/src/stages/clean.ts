import { existsSync } from 'node:fs';
import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CHARTS } from '@skyground/charts';
import { cleanCloud } from '../clean-cloud.ts';
import { UsageError } from '../errors.ts';
import { runFiles } from '../paths.ts';
import type { Stage, StageContext } from '../stage.ts';

/** Stands in every folder that this tool fills, so that it knows the folder as its own when it comes to cleaning. */
const markerName = '.skyground-output';

/**
 * Removes what the previous run left: local outputs, metrics and charts, and this tool's objects in the buckets.
 * Anything else that is in the way is asked about first. The two example folders (metrics/README.md) are left alone.
 */
export const cleanStage: Stage = {
  id: 'clean',
  async run(context) {
    const removedFiles = await cleanLocal(context);
    const removedObjects = await cleanCloud(context);
    return `removed ${removedFiles} local files and ${removedObjects} objects of earlier runs`;
  },
};

async function cleanLocal({ options, confirm }: StageContext): Promise<number> {
  const files = runFiles(options.metricsDir);
  let removed = 0;
  for (const path of [files.localMetrics, files.cloudMetrics, files.comparison, files.runState]) {
    if (!existsSync(path)) continue;
    await rm(path);
    removed += 1;
  }
  removed += await cleanCharts(files.charts, confirm);
  removed += await cleanOutputs(options.onPremOutputDir, confirm);
  return removed;
}

async function cleanCharts(dir: string, confirm: StageContext['confirm']): Promise<number> {
  const own = new Set(['index.html', ...CHARTS.flatMap(({ id }) => [`${id}.svg`, `${id}.png`])]);
  return await emptyFolder(dir, (name) => own.has(name), confirm);
}

async function cleanOutputs(dir: string, confirm: StageContext['confirm']): Promise<number> {
  const marked = existsSync(join(dir, markerName));
  const removed = await emptyFolder(dir, () => marked, confirm);
  await writeFile(join(dir, markerName), 'Output images of Skyground. The next run empties this folder.\n');
  return removed;
}

/** Empties a folder of what is ours, and of the rest if the person agrees. */
async function emptyFolder(dir: string, isOurs: (name: string) => boolean, confirm: StageContext['confirm']): Promise<number> {
  if (!existsSync(dir)) return 0;
  const names = (await readdir(dir)).filter((name) => name !== markerName);
  const foreign = names.filter((name) => !isOurs(name));
  if (foreign.length > 0 && !(await confirm(foreignQuestion(dir, foreign)))) {
    throw new UsageError(`${dir} was left as it is. Choose another folder, or move those files away.`);
  }
  for (const name of names) await rm(join(dir, name), { recursive: true });
  return names.length;
}

function foreignQuestion(dir: string, foreign: readonly string[]): string {
  const shown = foreign.slice(0, 3).join(', ');
  const more = foreign.length > 3 ? ` and ${foreign.length - 3} more` : '';
  return `${dir} holds files that this tool did not write (${shown}${more}). Delete them?`;
}
