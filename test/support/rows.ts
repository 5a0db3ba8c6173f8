import { join } from 'node:path';
import { type ImageRecord, readMetricsFile } from '@skyground/metrics';
import type { Workspace } from './workspace.ts';

const files = { onPrem: 'local_metrics.csv', cloud: 'lambda_metrics.csv' } as const;

type SideName = keyof typeof files;

/** The rows of both sides, or of the named ones where a run made no others. */
export async function readRows(
  workspace: Workspace,
  sides: readonly SideName[] = ['onPrem', 'cloud'],
): Promise<Readonly<Record<SideName, readonly ImageRecord[]>>> {
  const rows = async (side: SideName) =>
    sides.includes(side) ? (await readMetricsFile(join(workspace.metricsDir, files[side]))).records : [];
  return { onPrem: await rows('onPrem'), cloud: await rows('cloud') };
}

export function rowNames(records: readonly ImageRecord[]): string[] {
  return records.map((record) => `${record.repetition}/${record.image}`).sort();
}
