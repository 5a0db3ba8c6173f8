import { z } from 'zod';

const durationMs = z.number().finite().nonnegative();
const count = z.number().int().nonnegative();

/**
 * One image processed once, on one side. The one shape that both sides write, the CSV holds and every chart reads.
 * null means "not known" (or not applicable on this side) and becomes an empty cell; never a guess.
 */
export const imageRecordSchema = z.strictObject({
  /** The image's name relative to the input folder, `/` as separator. */
  image: z.string().min(1),
  originalSizeBytes: count.nullable(),
  newSizeBytes: count.nullable(),
  /** Decode to encode, on both sides and nothing else: no transfer, no queue, no file access. */
  processingTimeMs: durationMs.nullable(),
  /** When the image was finished (output stored), UTC ISO 8601 with milliseconds. */
  timestamp: z.iso.datetime({ precision: 3 }),
  source: z.enum(['cloud', 'on_prem']),
  runId: z.string().min(1),
  /** 1 for the first try. */
  attempt: z.number().int().positive(),
  status: z.enum(['ok', 'error']),
  /** Code and reason (`truncated: ...`) where status is error. */
  error: z.string().nullable(),
  inputWidthPx: count.nullable(),
  inputHeightPx: count.nullable(),
  outputWidthPx: count.nullable(),
  outputHeightPx: count.nullable(),
  /** Worker process (`worker-2`) or Lambda execution environment (its log stream's last part). */
  environmentId: z.string().nullable(),
  /** First invocation of its environment. */
  cold: z.boolean().nullable(),
  /** Init Duration, of cold invocations only. */
  initMs: durationMs.nullable(),
  /** Event time to handler start (on-prem: handed to the pool to started). */
  queueDelayMs: durationMs.nullable(),
  downloadMs: durationMs.nullable(),
  uploadMs: durationMs.nullable(),
  /** Event time (on-prem: handed to the pool) to output stored. */
  endToEndMs: durationMs.nullable(),
  /** 1-based: which repetition of the run this row is. */
  repetition: z.number().int().positive(),
  /** Cloud: Lambda's request id, by which REPORT lines are joined. On-prem: which version of the file it was (`<inode>-<size>-<mtime>`). */
  requestId: z.string().nullable(),
  billedMs: durationMs.nullable(),
  memorySizeMb: count.nullable(),
  maxMemoryUsedMb: count.nullable(),
});

export type ImageRecord = Readonly<z.infer<typeof imageRecordSchema>>;
