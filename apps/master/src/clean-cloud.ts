import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { pollIntervalMs, pollUntil } from '@skyground/cloud';
import {
  KEY_PREFIX,
  MERGED_METRICS_KEY,
  parseInputKey,
  partKey,
  RUN_METADATA_NAME,
  runIdOf,
} from '@skyground/image-processor';
import type { CleaningPlan } from './clean-local.ts';
import { deleteObjects, listObjects } from './cloud-objects.ts';
import type { StageContext } from './stage.ts';

/**
 * How long no event of an earlier run may have finished before the rest are given up. An event whose input is gone takes
 * milliseconds, and a cold start; one that has failed before comes again after minutes.
 */
const quietMs = 10_000;

type Context = Pick<StageContext, 'cloud' | 'signal' | 'emit'>;

/** Of earlier runs, in both buckets: keys that begin with a run id, and the merged file. A person's own objects are never touched. */
export async function planCloudCleaning(context: Context): Promise<CleaningPlan> {
  const { clients, names } = await context.cloud();
  const merged = await mergedFile(context);
  const place = `s3://${names.buckets.output}/${MERGED_METRICS_KEY}`;
  return {
    foreign:
      merged === 'foreign'
        ? [{ place, question: `${place} was not written by this tool, and a run replaces it. Delete it?` }]
        : [],
    remove: async () => {
      const inputs = await ownKeys(context, names.buckets.input);
      const parts = await ownKeys(context, names.buckets.output);
      await deleteObjects(clients, names.buckets.input, inputs, context.signal);
      await outstandingEvents(context, inputs, parts);
      const outputs = [
        ...(await ownKeys(context, names.buckets.output)),
        ...(merged === 'none' ? [] : [MERGED_METRICS_KEY]),
      ];
      await deleteObjects(clients, names.buckets.output, outputs, context.signal);
      return inputs.length + outputs.length;
    },
  };
}

async function ownKeys(context: Context, bucket: string): Promise<string[]> {
  const { clients } = await context.cloud();
  const objects = await listObjects(clients, bucket, KEY_PREFIX, context.signal);
  return [...objects.keys()].filter((key) => runIdOf(key) !== undefined);
}

async function mergedFile({ cloud, signal }: Context): Promise<'none' | 'ours' | 'foreign'> {
  const { clients, names } = await cloud();
  try {
    const command = new HeadObjectCommand({ Bucket: names.buckets.output, Key: MERGED_METRICS_KEY });
    const { Metadata } = await clients.s3.send(command, { abortSignal: signal });
    return Metadata?.[RUN_METADATA_NAME] === undefined ? 'foreign' : 'ours';
  } catch (error) {
    // HEAD has no body, so a missing bucket and a missing object look alike.
    if (error instanceof Error && ['NotFound', 'NoSuchKey', 'NoSuchBucket'].includes(error.name))
      return 'none';
    throw error;
  }
}

/**
 * Events are durable: those that a stopped run left behind are delivered all the same, and would compete with the side that is
 * measured next. With their inputs gone each ends at once in an error part, so that is what is waited for.
 */
async function outstandingEvents(
  context: Context,
  inputs: readonly string[],
  parts: readonly string[],
): Promise<void> {
  const { clients, names } = await context.cloud();
  const outstanding = new Set(inputs.flatMap((key) => partStemOf(key) ?? []));
  const settle = (keys: readonly string[]) => {
    for (const key of keys) outstanding.delete(key.slice(0, key.lastIndexOf('-')));
  };
  settle(parts);
  if (outstanding.size === 0) return;
  context.emit({
    type: 'log',
    level: 'info',
    message: `waiting for ${outstanding.size} events that an earlier run left behind`,
  });
  const look = async () => {
    settle(await ownKeys(context, names.buckets.output));
    return { done: outstanding.size === 0, progress: -outstanding.size };
  };
  const intervalMs = pollIntervalMs(clients.target.kind);
  if ((await pollUntil(look, { intervalMs, quietMs, signal: context.signal })) === 'done') return;
  context.emit({
    type: 'log',
    level: 'warning',
    message: `${outstanding.size} events of an earlier run have not come back; if they still do, they disturb what is measured now`,
  });
}

/** Every part of an input is named so, whatever the event's sequencer. */
function partStemOf(inputKey: string): string | undefined {
  const image = parseInputKey(inputKey);
  return image === undefined ? undefined : partKey(image, '').replace(/-\.json$/, '');
}
