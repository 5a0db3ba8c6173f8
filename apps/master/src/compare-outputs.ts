import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { outputKey } from '@skyground/image-processor';
import { type ImageRecord, readMetricsFile } from '@skyground/metrics';
import { outputPath } from '@skyground/onprem';
import { listObjects } from './cloud-objects.ts';
import { rowKey } from './comparison/rows.ts';
import { runFiles } from './paths.ts';
import type { StageContext } from './stage.ts';

type Context = Pick<StageContext, 'cloud' | 'emit' | 'options' | 'runId' | 'signal' | 'updateState'>;

/** Byte for byte, what both sides made of the same images. Says nothing where one side's outputs are not there. */
export async function compareOutputs(context: Context, cloud: readonly ImageRecord[]): Promise<void> {
  const { options, runId, signal } = context;
  const { localMetrics } = runFiles(options.metricsDir);
  if (!existsSync(localMetrics)) return;
  const { clients, names } = await context.cloud();
  const etags = await listObjects(clients, names.buckets.output, `${runId}/out/`, signal);
  const inCloud = new Set(cloud.filter((row) => row.status === 'ok').map(rowKey));
  const both = (await readMetricsFile(localMetrics)).records
    .filter((row) => row.status === 'ok' && inCloud.has(rowKey(row)))
    .map((row) => ({
      row: rowKey(row),
      path: outputPath(options.onPremOutputDir, row.repetition, row.image),
      key: outputKey({ kind: 'input', runId, repetition: row.repetition, image: row.image }),
    }))
    // Outputs may have been moved away since: nothing is said of those.
    .filter(({ path }) => existsSync(path));
  const different: string[] = [];
  for (const { row, path, key } of both) {
    signal.throwIfAborted();
    const bytes = await readFile(path);
    const md5 = createHash('md5').update(bytes).digest('hex');
    // The ETag of a single put is its MD5, which saves the download; of an encrypted object it is something else.
    if (etags.get(key) !== md5 && !bytes.equals(await download(context, key))) different.push(row);
  }
  await context.updateState({ differentOutputs: both.length === 0 ? null : different });
  context.emit({ type: 'outputsCompared', identical: both.length - different.length, different });
}

async function download({ cloud, signal }: Context, key: string): Promise<Uint8Array> {
  const { clients, names } = await cloud();
  try {
    const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: names.buckets.output, Key: key }), {
      abortSignal: signal,
    });
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchKey') return new Uint8Array();
    throw error;
  }
}
