import type { ImageRecord } from '@skyground/metrics';
import { pairByKey, pairedMedianRatio, type RatioResult } from '@skyground/statistics';
import { comparedRows } from './rows.ts';

/** Cloud over on-prem, image by image, warm rows only. Why paired: docs/decisions/0004-paired-ratio.md. */
export function ratioOf(
  onPrem: readonly ImageRecord[],
  cloud: readonly ImageRecord[],
  seed: number,
): RatioResult {
  const { pairs } = pairByKey(timesByImage(cloud), timesByImage(onPrem));
  return pairedMedianRatio(pairs, { seed });
}

function timesByImage(records: readonly ImageRecord[]) {
  return comparedRows(records).map((row) => ({ key: row.image, value: row.processingTimeMs }));
}
