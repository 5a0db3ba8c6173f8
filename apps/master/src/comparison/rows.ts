import type { ImageRecord } from '@skyground/metrics';

/** A row that took part: processed, timed, and not the first invocation of its environment. */
export type ComparedRow = ImageRecord & { readonly processingTimeMs: number };

/** Warm, successful rows: the only ones that figures are made of. Cold ones are charted, failed ones listed. */
export function comparedRows<Row extends ImageRecord>(
  records: readonly Row[],
): (Row & { readonly processingTimeMs: number })[] {
  return records.filter(
    (row): row is Row & { readonly processingTimeMs: number } =>
      row.status === 'ok' && row.cold !== true && row.processingTimeMs !== null,
  );
}

/** Identity of a row within its side. */
export function rowKey(row: Pick<ImageRecord, 'image' | 'repetition'>): string {
  return `${row.repetition}/${row.image}`;
}
