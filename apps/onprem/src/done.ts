import { existsSync } from 'node:fs';
import { type ImageRecord, readMetrics } from '@skyground/metrics';

/** Names a row of a run: which image, which repetition. What `done` holds. */
export function doneKey({ image, repetition }: Pick<ImageRecord, 'image' | 'repetition'>): string {
  return `${repetition}/${image}`;
}

/** The on-prem rows of a metrics file; none when there is no file yet. */
export async function* onPremRecords(metricsFile: string): AsyncGenerator<ImageRecord> {
  if (!existsSync(metricsFile)) return;
  for await (const record of readMetrics({ path: metricsFile }))
    if (record.source === 'on_prem') yield record;
}

/** What a stopped run has finished, errors included, read back from its metrics file. */
export async function readDone(metricsFile: string, runId: string): Promise<Set<string>> {
  const done = new Set<string>();
  for await (const record of onPremRecords(metricsFile))
    if (record.runId === runId) done.add(doneKey(record));
  return done;
}

/** The run that wrote the last on-prem row of a metrics file. */
export async function lastRunId(metricsFile: string): Promise<string | undefined> {
  let runId: string | undefined;
  for await (const record of onPremRecords(metricsFile)) runId = record.runId;
  return runId;
}
