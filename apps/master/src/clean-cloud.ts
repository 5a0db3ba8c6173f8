import { KEY_PREFIX, runIdOf } from '@skyground/image-processor';
import { deleteObjects, listObjects } from './cloud-objects.ts';
import type { StageContext } from './stage.ts';

/** Deletes the objects of earlier runs from both buckets: only keys that begin with a run id. A person's own objects are never touched. */
export async function cleanCloud(context: StageContext): Promise<number> {
  const { clients, names } = await context.cloud();
  let removed = 0;
  for (const bucket of [names.inputBucket, names.outputBucket]) {
    const objects = await listObjects(clients, bucket, KEY_PREFIX, context.signal);
    const ours = [...objects.keys()].filter((key) => runIdOf(key) !== undefined);
    await deleteObjects(clients, bucket, ours, context.signal);
    removed += ours.length;
  }
  return removed;
}
