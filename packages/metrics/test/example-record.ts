import type { ImageRecord } from '../src/index.ts';

export function exampleRecord(changes: Partial<ImageRecord> = {}): ImageRecord {
  return {
    image: 'harbour.jpg',
    originalSizeBytes: 1_048_576,
    newSizeBytes: 98_304,
    processingTimeMs: 41.5,
    timestamp: '2026-11-20T15:24:17.163Z',
    source: 'cloud',
    runId: 'skyground-20261120T152400Z-1a2b',
    attempt: 1,
    status: 'ok',
    error: null,
    inputWidthPx: 1920,
    inputHeightPx: 1080,
    outputWidthPx: 800,
    outputHeightPx: 600,
    environmentId: '[$LATEST]0f3c',
    cold: false,
    initMs: null,
    queueDelayMs: 3.25,
    downloadMs: 4,
    uploadMs: 5.125,
    endToEndMs: 60,
    repetition: 1,
    requestId: null,
    billedMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
    ...changes,
  };
}
