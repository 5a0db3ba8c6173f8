import type { ImageRecord } from '@skyground/metrics';

import type { Outcome } from './outcome.ts';

/** Microseconds are finer than anything that this measures means. */
function rounded(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}

/**
 * The row of one finished task.
 *
 * @param expectedVersion the version of the file that was asked for, for results that could not read one.
 */
export function toImageRecord(
  { task, attempt, environmentId, cold, initMs, queueDelayMs, endToEndMs, result }: Outcome,
  runId: string,
  expectedVersion: string | null = null,
): ImageRecord {
  const ok = result.status === 'ok' ? result : undefined;
  const downloadMs = result.downloadMs;
  return {
    image: task.image,
    originalSizeBytes: ok?.input.sizeBytes ?? (result.status === 'error' ? result.originalSizeBytes : null),
    newSizeBytes: ok?.output.sizeBytes ?? null,
    processingTimeMs: ok === undefined ? null : rounded(ok.processingTimeMs),
    timestamp: result.timestamp,
    source: 'on_prem',
    runId,
    attempt,
    status: result.status,
    error: result.status === 'error' ? result.error : null,
    inputWidthPx: ok?.input.widthPx ?? null,
    inputHeightPx: ok?.input.heightPx ?? null,
    outputWidthPx: ok?.output.widthPx ?? null,
    outputHeightPx: ok?.output.heightPx ?? null,
    environmentId,
    cold,
    initMs: initMs === null ? null : rounded(initMs),
    queueDelayMs: rounded(queueDelayMs),
    downloadMs: downloadMs === null ? null : rounded(downloadMs),
    uploadMs: ok === undefined ? null : rounded(ok.uploadMs),
    endToEndMs: rounded(endToEndMs),
    repetition: task.repetition,
    requestId: result.version ?? expectedVersion,
    billedMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
  };
}
