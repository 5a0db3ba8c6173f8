import type { ProcessOptions } from '@skyground/imaging';
import { z } from 'zod';

const durationMs = z.number().finite().nonnegative();
const facts = z.strictObject({
  format: z.string(),
  widthPx: z.number(),
  heightPx: z.number(),
  sizeBytes: z.number(),
});

/** What a worker is told once, as its argument. */
export const workerConfigSchema = z.strictObject({
  processOptions: z.custom<ProcessOptions>((value) => typeof value === 'object' && value !== null),
  /** Where this worker alone writes an output before it gets its final name; on the same file system. */
  partialPath: z.string(),
});

export const workerRequestSchema = z.strictObject({
  jobId: z.number(),
  image: z.string(),
  path: z.string(),
  /** null: a warm-up, whose output is thrown away. */
  outputPath: z.string().nullable(),
});

const success = z.strictObject({
  status: z.literal('ok'),
  version: z.string(),
  downloadMs: durationMs,
  processingTimeMs: durationMs,
  uploadMs: durationMs,
  input: facts,
  output: facts,
  timestamp: z.iso.datetime({ precision: 3 }),
});

const failure = z.strictObject({
  status: z.literal('error'),
  /** `image`: it will fail again. `missing`: the file is gone. `fault`: not the image's fault, may pass. */
  cause: z.enum(['image', 'missing', 'fault']),
  /** Code and reason (`truncated: ...`). */
  error: z.string(),
  version: z.string().nullable(),
  originalSizeBytes: z.number().nullable(),
  downloadMs: durationMs.nullable(),
  timestamp: z.iso.datetime({ precision: 3 }),
});

export const fileResultSchema = z.discriminatedUnion('status', [success, failure]);

export const workerReplySchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready') }),
  /** The file is read and its processing begins. */
  z.strictObject({ type: z.literal('started'), jobId: z.number() }),
  z.strictObject({
    type: z.literal('finished'),
    jobId: z.number(),
    /** From `started` to this reply, by the worker's clock; 0 when it never was this image's turn. */
    turnMs: durationMs,
    result: fileResultSchema,
  }),
]);

export type WorkerConfig = Readonly<z.infer<typeof workerConfigSchema>>;
export type WorkerRequest = Readonly<z.infer<typeof workerRequestSchema>>;
export type WorkerReply = Readonly<z.infer<typeof workerReplySchema>>;
export type FileResult = Readonly<z.infer<typeof fileResultSchema>>;
