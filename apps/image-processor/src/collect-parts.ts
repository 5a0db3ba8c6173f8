import { GetObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { CloudClients } from '@skyground/cloud';

import { ImageProcessorError } from './errors.ts';
import { type KeyedImage, partsPrefix } from './keys.ts';
import { type Part, partSchema } from './part.ts';

/** Objects read at the same time: enough to hide the network, few enough not to be throttled. */
const READS_AT_ONCE = 16;

export interface CollectOptions {
  readonly clients: CloudClients;
  readonly outputBucket: string;
  readonly runId: string;
  readonly signal: AbortSignal;
  /** Warm-up rows instead of measured ones. */
  readonly kind?: KeyedImage['kind'];
  /** Parts of earlier calls by object key; what is in it is not read again, what is read is added. A part never changes. */
  readonly known?: Map<string, Part>;
}

/** Every part that a run has so far. To wait for a run, call it again with the same `known`. */
export async function collectParts({
  clients,
  outputBucket,
  runId,
  signal,
  kind = 'input',
  known = new Map(),
}: CollectOptions): Promise<readonly Part[]> {
  const request = { Bucket: outputBucket, Prefix: partsPrefix(runId, kind) };
  const parts: Part[] = [];
  for await (const page of paginateListObjectsV2({ client: clients.s3 }, request, { abortSignal: signal })) {
    const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    for (let start = 0; start < keys.length; start += READS_AT_ONCE) {
      signal.throwIfAborted();
      const batch = keys.slice(start, start + READS_AT_ONCE);
      parts.push(
        ...(await Promise.all(
          batch.map(async (key) => {
            const part = known.get(key) ?? (await readPart(clients, outputBucket, key, signal));
            known.set(key, part);
            return part;
          }),
        )),
      );
    }
  }
  return parts;
}

async function readPart(
  clients: CloudClients,
  bucket: string,
  key: string,
  signal: AbortSignal,
): Promise<Part> {
  const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }), {
    abortSignal: signal,
  });
  const text = (await Body?.transformToString()) ?? '';
  try {
    return partSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ImageProcessorError(
      `s3://${bucket}/${key}: expected one row as JSON of schema version 1, received ${JSON.stringify(text.slice(0, 120))}. ` +
        'Deploy the function and start the run again; if another program wrote this object, remove it.',
      { cause },
    );
  }
}
