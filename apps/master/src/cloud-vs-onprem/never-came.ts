import type { ImageRecord } from '@skyground/metrics';

/** Row of an image that the cloud never sent back: nothing is known of it. */
export function neverCame(
  runId: string,
  waitMs: number,
): Omit<ImageRecord, 'image' | 'repetition'> & { timedOut: true } {
  return {
    timedOut: true,
    newSizeBytes: null,
    originalSizeBytes: null,
    processingTimeMs: null,
    timestamp: new Date().toISOString(),
    source: 'cloud',
    runId,
    attempt: 1,
    status: 'error',
    error: `timed out: nothing came back from the cloud for ${waitMs / 1000} s`,
    inputWidthPx: null,
    inputHeightPx: null,
    outputWidthPx: null,
    outputHeightPx: null,
    environmentId: null,
    cold: null,
    initMs: null,
    queueDelayMs: null,
    downloadMs: null,
    uploadMs: null,
    endToEndMs: null,
    requestId: null,
    billedMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
  };
}
