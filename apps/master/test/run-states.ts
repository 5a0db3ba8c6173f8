import type { RunOptions } from '../src/options.ts';
import type { RunState } from '../src/run-state.ts';
import { stageIds } from '../src/stage-ids.ts';

export function runOptions(change: Partial<RunOptions> = {}): RunOptions {
  return {
    imagesDir: '/images',
    metricsDir: '/metrics',
    onPremOutputDir: '/outputs',
    workers: 2,
    target: null,
    profile: null,
    region: null,
    useAmbientCredentials: false,
    memoryMb: 1769,
    concurrency: 2,
    concurrencyAsked: false,
    repetitions: 1,
    inputBucket: null,
    outputBucket: null,
    role: null,
    processing: { fit: 'fill', quality: 85, chromaSubsampling: '4:2:0', mozjpeg: false },
    stages: [...stageIds],
    waitMs: 300_000,
    logWaitMs: 15_000,
    seed: 1,
    ...change,
  };
}

/** A run that has only just begun; tests change what they are about. */
export function runState(change: Partial<RunState> = {}): RunState {
  return {
    schemaVersion: 1,
    runId: 'skyground-20261121T063000Z-1f2e',
    createdAt: '2026-11-21T06:30:00.000Z',
    options: runOptions(),
    images: [{ name: 'a.jpg', sizeBytes: 3 }],
    targetLabel: 'cloud (local)',
    finishedStages: [],
    uploadStartedMs: null,
    interruptedSides: [],
    differentOutputs: null,
    outcome: 'running',
    ...change,
  };
}
