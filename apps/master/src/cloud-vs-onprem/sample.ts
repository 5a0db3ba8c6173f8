import type { Observation } from '@skyground/experiment';
import { type ImageRecord, imageRecordSchema } from '@skyground/metrics';
import { z } from 'zod';
import { unitOf } from './rounds.ts';

/** One image on one side once: the row of the main job, and what the rounds of an experiment add. */
export const sampleSchema = imageRecordSchema.extend({
  phase: z.enum(['warm-up', 'compare', 'sweep']),
  arm: z.string().min(1),
  /** Workers on-prem, environments at once in the cloud. */
  width: z.int().positive(),
  /** Of the whole round as planned: a row of a round that a kill tore apart can be told by its `runId`, which fewer rows have. */
  roundImages: z.int().positive(),
  /** The file's size, to be compared with what arrived. */
  expectedSizeBytes: z.int().nonnegative(),
  /** The function's memory as declared, to be compared with what its REPORT line says; null on-prem. */
  declaredMemoryMb: z.int().positive().nullable(),
  /** It never came back. */
  timedOut: z.boolean(),
  /** What its invocation logged, as CloudWatch counts it; null on-prem, and where the log does not name it. */
  logBytes: z.int().nonnegative().nullable(),
  /** LIST requests that were sent to wait for its round: all on the round's first row. */
  listRequests: z.int().nonnegative(),
  /** What the cloud side ran on: `cloud (local)`. The same in every row of a run, like the next two. */
  targetLabel: z.string().min(1),
  /** Whose prices it is billed by. */
  priceRegion: z.string().min(1),
  architecture: z.enum(['x86_64', 'arm64']),
});

export type Sample = Readonly<z.output<typeof sampleSchema>>;

/** Warm and measured: what figures are made of. Cold rows are kept, marked and charted. */
export function isCompared({ phase, cold }: Sample): boolean {
  return phase !== 'warm-up' && cold !== true;
}

/** The comparison's rows, the sweep's left out. */
export function comparisonOf(samples: readonly Sample[], side: ImageRecord['source']): readonly Sample[] {
  return samples.filter(({ phase, source }) => phase === 'compare' && source === side);
}

export function observe(sample: Sample): Observation {
  const { timestamp, endToEndMs, status, cold, originalSizeBytes, declaredMemoryMb, memorySizeMb } = sample;
  const endedAtMs = Date.parse(timestamp);
  return {
    arm: sample.arm,
    unit: sample.phase === 'warm-up' ? `warm-up ${sample.runId}#${sample.repetition}` : unitOf(sample),
    dueAtMs: null,
    startedAtMs: endToEndMs === null ? null : endedAtMs - endToEndMs,
    endedAtMs,
    durationMs: sample.processingTimeMs,
    outcome: status === 'ok' ? 'succeeded' : sample.timedOut ? 'timed out' : 'failed',
    start: cold === null ? 'unknown' : cold ? 'cold' : 'warm',
    didWork: (sample.newSizeBytes ?? 0) > 0 && (sample.outputWidthPx ?? 0) > 0,
    variant:
      declaredMemoryMb === null || memorySizeMb === null
        ? null
        : { expected: `${declaredMemoryMb} MB`, actual: `${memorySizeMb} MB` },
    isCompared: isCompared(sample),
    payload:
      originalSizeBytes === null
        ? null
        : { expectedBytes: sample.expectedSizeBytes, actualBytes: originalSizeBytes },
  };
}
