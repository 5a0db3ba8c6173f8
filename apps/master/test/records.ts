import type { ImageRecord } from '@skyground/metrics';

/** A complete, successful, warm record; tests change what they are about. */
export function record(change: Partial<ImageRecord> = {}): ImageRecord {
  return {
    image: 'a.jpg',
    originalSizeBytes: 100_000,
    newSizeBytes: 50_000,
    processingTimeMs: 20,
    timestamp: '2026-11-21T06:30:00.000Z',
    source: 'on_prem',
    runId: 'skyground-20261121T063000Z-1f2e',
    attempt: 1,
    status: 'ok',
    error: null,
    inputWidthPx: 1920,
    inputHeightPx: 1080,
    outputWidthPx: 800,
    outputHeightPx: 600,
    environmentId: 'worker-1',
    cold: false,
    initMs: null,
    queueDelayMs: 1,
    downloadMs: 1,
    uploadMs: 1,
    endToEndMs: 23,
    repetition: 1,
    requestId: null,
    billedMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
    ...change,
  };
}

export function cloudRecord(change: Partial<ImageRecord> = {}): ImageRecord {
  return record({
    source: 'cloud',
    requestId: 'r-1',
    billedMs: 30,
    memorySizeMb: 1769,
    maxMemoryUsedMb: 120,
    ...change,
  });
}
