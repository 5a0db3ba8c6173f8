import type { ImageRecord } from '@skyground/metrics';
import { type KeyedValue, summarise } from '@skyground/statistics';
import { type ComparedRow, comparedRows } from './rows.ts';

/** One side's figures. Those of time are of warm, successful rows; null where there are none. */
export interface SideSummary {
  readonly rows: number;
  readonly failed: number;
  readonly cold: number;
  /** Warm, successful rows: what every figure below is made of. */
  readonly compared: number;
  readonly medianMs: number | null;
  readonly meanMs: number | null;
  readonly p95Ms: number | null;
  readonly totalProcessingMs: number | null;
  /** First image's start to last image's end, waiting included: what a person with a watch sees. null after a stop in between. */
  readonly wallTimeMs: number | null;
  readonly imagesPerS: number | null;
  /**
   * Median over images of the coefficient of variation of one image's repetitions: how steady the side is, whatever the
   * images. null below two repetitions, where steadiness cannot be told from a difference between images.
   */
  readonly steadiness: number | null;
  /** Lambda's billed time, summed; null on-prem and while REPORT lines are missing. */
  readonly billedMs: number | null;
}

export function summariseSide(
  records: readonly ImageRecord[],
  { interrupted }: { readonly interrupted: boolean },
): SideSummary {
  const compared = comparedRows(records);
  const times = compared.map((row) => row.processingTimeMs);
  const summary = summarise(times);
  const wallTimeMs = interrupted ? null : wallTime(records);
  return {
    rows: records.length,
    failed: records.filter((row) => row.status === 'error').length,
    cold: records.filter((row) => row.cold === true).length,
    compared: compared.length,
    medianMs: summary.kind === 'summary' ? summary.median : null,
    meanMs: summary.kind === 'summary' ? summary.mean : null,
    p95Ms: summary.kind === 'summary' ? summary.p95 : null,
    totalProcessingMs: summary.kind === 'summary' ? times.reduce((sum, time) => sum + time, 0) : null,
    wallTimeMs,
    imagesPerS: wallTimeMs === null || wallTimeMs <= 0 ? null : (records.length / wallTimeMs) * 1000,
    steadiness: steadinessOf(compared),
    billedMs: billedTime(records),
  };
}

/** First image's start to last image's end; null without rows. */
export function wallTime(records: readonly ImageRecord[]): number | null {
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const row of records) {
    const endMs = Date.parse(row.timestamp);
    firstMs = Math.min(firstMs, endMs - (row.endToEndMs ?? 0));
    lastMs = Math.max(lastMs, endMs);
  }
  return records.length === 0 ? null : lastMs - firstMs;
}

function steadinessOf(rows: readonly ComparedRow[]): number | null {
  const overall = summarise(variationByImage(rows).map(({ value }) => value));
  return overall.kind === 'summary' ? overall.median : null;
}

/** Coefficient of variation of each image's repetitions; images with a single row have none. */
export function variationByImage(rows: readonly ComparedRow[]): readonly KeyedValue[] {
  return [...Map.groupBy(rows, (row) => row.image)].flatMap(([key, group]) => {
    const summary = summarise(group.map((row) => row.processingTimeMs));
    const value = summary.kind === 'summary' ? summary.coefficientOfVariation : null;
    return value === null ? [] : [{ key, value }];
  });
}

function billedTime(records: readonly ImageRecord[]): number | null {
  const billed = records.map((row) => row.billedMs);
  if (billed.length === 0 || billed.includes(null)) return null;
  return billed.reduce<number>((sum, value) => sum + (value ?? 0), 0);
}
