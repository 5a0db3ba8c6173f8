import type { ImageRecord } from '@skyground/metrics';
import type { ChartInput } from '../src/index.ts';

/** A small linear congruential generator: the same rows in every run. */
const randomFrom = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
};

interface Shape {
  readonly images: number;
  readonly workers?: number;
  readonly environments?: number;
  /** First invocation of this many cloud environments is a cold start. */
  readonly coldStarts?: number;
  readonly name?: (index: number) => string;
  readonly slowdown?: number;
  readonly seed?: number;
}

const blank = {
  attempt: 1,
  status: 'ok',
  error: null,
  inputWidthPx: 1920,
  inputHeightPx: 1080,
  outputWidthPx: 800,
  outputHeightPx: 600,
  newSizeBytes: 60_000,
  initMs: null,
  billedMs: null,
  memorySizeMb: 1024,
  maxMemoryUsedMb: 180,
  repetition: 1,
  requestId: null,
  runId: 'skyground-20261121T060000Z-ab12',
} as const satisfies Partial<ImageRecord>;

/** Both sides of a run that looks like a real one: sizes of 0.1 to 3 MB, times that follow size, lanes in turn. */
export const syntheticRun = (shape: Shape): readonly ImageRecord[] => {
  const random = randomFrom(shape.seed ?? 7);
  const name = shape.name ?? ((index: number) => `photo-${String(index + 1).padStart(2, '0')}.jpg`);
  const sizes = Array.from({ length: shape.images }, () => Math.round(100_000 * 30 ** random()));
  const timeMs = (sizeBytes: number) => (16 + (sizeBytes / 1e6) * 62) * (0.85 + 0.4 * random());
  const rows: ImageRecord[] = [];
  for (const source of ['on_prem', 'cloud'] as const) {
    const cloud = source === 'cloud';
    const lanes = cloud ? (shape.environments ?? 3) : (shape.workers ?? 2);
    const startMs = Date.UTC(2026, 10, 21, 6, cloud ? 5 : 0);
    const freeAtMs = Array.from({ length: lanes }, () => startMs);
    sizes.forEach((sizeBytes, index) => {
      const lane = freeAtMs.indexOf(Math.min(...freeAtMs));
      const cold = cloud && index < (shape.coldStarts ?? 0);
      const processingTimeMs =
        timeMs(sizeBytes) * (cloud ? (shape.slowdown ?? 1.3) : 1) * (cold ? 1.6 : 1) + random();
      const initMs = cold ? 180 + 60 * random() : null;
      const handedOverMs = cloud ? startMs + index * 4 : startMs;
      const begunMs = Math.max(freeAtMs[lane] ?? startMs, handedOverMs) + (initMs ?? 0) + 3 + 4 * random();
      const downloadMs = cloud ? 2 + 5 * random() : null;
      const uploadMs = cloud ? 3 + 4 * random() : null;
      const endMs = begunMs + processingTimeMs + (downloadMs ?? 1) + (uploadMs ?? 1) + 1;
      freeAtMs[lane] = endMs;
      rows.push({
        ...blank,
        image: name(index),
        originalSizeBytes: sizeBytes,
        processingTimeMs,
        timestamp: new Date(endMs).toISOString(),
        source,
        environmentId: cloud
          ? `5f0c${(lane * 7919).toString(16).padStart(6, '0')}aa41b2c9d8e7f6a50${lane}`
          : `worker-${lane + 1}`,
        cold: cloud ? cold : false,
        initMs,
        queueDelayMs: Math.max(0, begunMs - handedOverMs),
        downloadMs,
        uploadMs,
        endToEndMs: Math.max(0, endMs - handedOverMs),
      });
    });
  }
  return rows;
};

export const inputOf = (records: readonly ImageRecord[]): ChartInput => ({
  records,
  targetLabel: 'cloud (local)',
  runId: 'skyground-20261121T060000Z-ab12',
  seed: 7,
});
