import { GetObjectCommand } from '@aws-sdk/client-s3';
import { collectParts, MERGED_METRICS_KEY, mergeParts, writeMergedMetrics } from '@skyground/image-processor';
import { collectMetrics, writeMetricsFile } from '@skyground/metrics';
import { compareOutputs } from '../compare-outputs.ts';
import { StageError } from '../errors.ts';
import { joinWithReports } from '../join-with-reports.ts';
import { runFiles } from '../paths.ts';
import type { Stage, StageContext } from '../stage.ts';

/** Parts to one CSV in the output bucket, joined with the REPORT lines, downloaded; and both sides' outputs compared byte for byte. */
export const mergeStage: Stage = {
  id: 'merge',
  async run(context) {
    const { runId, signal, options } = context;
    const { clients, names } = await context.cloud();
    const parts = await collectParts({ clients, outputBucket: names.buckets.output, runId, signal });
    const rows = mergeParts(parts, runId);
    if (rows.length === 0)
      throw new StageError(
        `no metrics of run ${runId} are in ${names.buckets.output}.`,
        `See the log group ${names.functions.main.logGroup}.`,
      );
    const { records, missing } = await joinWithReports(rows, {
      clients,
      logGroup: names.functions.main.logGroup,
      sinceMs: context.state().uploadStartedMs ?? 0,
      waitMs: options.logWaitMs,
      signal,
    });
    await writeMergedMetrics({ clients, outputBucket: names.buckets.output, runId, records, signal });
    await download(context, records.length);
    await compareOutputs(context, records);
    const lacking =
      missing === 0 ? '' : `, ${missing} without a REPORT line after ${options.logWaitMs / 1000} s`;
    return `${records.length} rows merged${lacking}`;
  },
};

/** Takes the merged file from the bucket, as a person would, rather than from memory. */
async function download(context: StageContext, expectedRows: number): Promise<void> {
  const { clients, names } = await context.cloud();
  const { Body } = await clients.s3.send(
    new GetObjectCommand({ Bucket: names.buckets.output, Key: MERGED_METRICS_KEY }),
    {
      abortSignal: context.signal,
    },
  );
  const text = (await Body?.transformToString()) ?? '';
  const { records } = await collectMetrics({
    text,
    name: `s3://${names.buckets.output}/${MERGED_METRICS_KEY}`,
  });
  if (records.length !== expectedRows) {
    throw new StageError(
      `expected ${expectedRows} rows in ${MERGED_METRICS_KEY} but downloaded ${records.length}. Is another run going on?`,
    );
  }
  await writeMetricsFile(runFiles(context.options.metricsDir).cloudMetrics, records);
}
