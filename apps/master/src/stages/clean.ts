import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planCloudCleaning } from '../clean-cloud.ts';
import { markerName, planLocalCleaning } from '../clean-local.ts';
import { UsageError } from '../errors.ts';
import type { Stage } from '../stage.ts';

/**
 * Removes what the previous run left: local outputs, metrics and charts, and this tool's objects in the buckets. Anything else
 * that is in the way is asked about, and every question is answered before the first thing is deleted.
 */
export const cleanStage: Stage = {
  id: 'clean',
  async run(context) {
    const local = await planLocalCleaning(context.options);
    const cloud = await planCloudCleaning(context);
    for (const { place, question } of [...local.foreign, ...cloud.foreign]) {
      if (await context.confirm(question)) continue;
      throw new UsageError(
        `${place} was left as it is, and nothing was deleted. Choose another place, or move that away.`,
      );
    }
    const removedFiles = await local.remove();
    await writeFile(
      join(context.options.onPremOutputDir, markerName),
      'Output images of Skyground. The next run empties this folder.\n',
    );
    const removedObjects = await cloud.remove();
    return `removed ${removedFiles} local files and folders and ${removedObjects} objects of earlier runs`;
  },
};
