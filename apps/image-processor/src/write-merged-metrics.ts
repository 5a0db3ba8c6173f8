import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { CloudClients } from '@skyground/cloud';
import { type ImageRecord, metricsToCsv } from '@skyground/metrics';

import { MERGED_METRICS_KEY, RUN_METADATA_NAME } from './keys.ts';

/** Puts the run's rows into the output bucket as `metrics/lambda_metrics.csv`, marked with the run, so that destroy knows it for ours. */
export async function writeMergedMetrics(options: {
  readonly clients: CloudClients;
  readonly outputBucket: string;
  readonly runId: string;
  readonly records: readonly ImageRecord[];
  readonly signal: AbortSignal;
}): Promise<void> {
  const command = new PutObjectCommand({
    Bucket: options.outputBucket,
    Key: MERGED_METRICS_KEY,
    Body: metricsToCsv(options.records),
    ContentType: 'text/csv; charset=utf-8',
    CacheControl: 'no-cache',
    Metadata: { [RUN_METADATA_NAME]: options.runId },
  });
  await options.clients.s3.send(command, { abortSignal: options.signal });
}
