import { join } from 'node:path';
import { type ImageRecord, readMetricsFile } from '@skyground/metrics';
import type { Workspace } from './workspace.ts';

export async function readRows(workspace: Workspace): Promise<{ onPrem: readonly ImageRecord[]; cloud: readonly ImageRecord[] }> {
  const [onPrem, cloud] = await Promise.all(
    ['local_metrics.csv', 'lambda_metrics.csv'].map(async (name) => (await readMetricsFile(join(workspace.metricsDir, name))).records),
  );
  return { onPrem: onPrem ?? [], cloud: cloud ?? [] };
}

export function rowNames(records: readonly ImageRecord[]): string[] {
  return records.map((record) => `${record.repetition}/${record.image}`).sort();
}
