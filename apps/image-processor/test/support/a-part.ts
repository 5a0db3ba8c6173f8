import { inputKey, type Part } from '../../src/index.ts';

/** A part as the function writes it, with what a test is about replaced. */
export function aPart(about: Partial<Part> = {}): Part {
  const runId = about.runId ?? 'skyground-20261121T101500Z-0af3';
  const repetition = about.repetition ?? 1;
  const image = about.image ?? 'a.jpg';
  return {
    image,
    originalSizeBytes: 1000,
    newSizeBytes: 500,
    processingTimeMs: 12.5,
    timestamp: '2026-11-21T10:15:30.123Z',
    source: 'cloud',
    runId,
    attempt: 1,
    status: 'ok',
    error: null,
    inputWidthPx: 100,
    inputHeightPx: 80,
    outputWidthPx: 800,
    outputHeightPx: 600,
    environmentId: '0123abcd',
    cold: false,
    initMs: null,
    queueDelayMs: 3,
    downloadMs: 4,
    uploadMs: 5,
    endToEndMs: 30,
    repetition,
    requestId: '3b9f1a52-3d0a-4c1c-9d35-1b2a4ec3f111',
    billedMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
    schemaVersion: 1,
    key: inputKey({ runId, repetition, image }),
    sequencer: '0055AED6DCD90281E5',
    ...about,
  };
}
