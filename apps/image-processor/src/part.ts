import { type ImageRecord, imageRecordSchema } from '@skyground/metrics';
import * as z from 'zod';

/** One row as the function leaves it in the output bucket: one object per delivered upload. */
export const partSchema = imageRecordSchema.extend({
  schemaVersion: z.literal(1),
  /** The input key, decoded. */
  key: z.string().min(1),
  /** Of the S3 event: of two uploads of one key, the later has the greater one. */
  sequencer: z.string().regex(/^[0-9A-Fa-f]{1,64}$/),
});

export type Part = Readonly<z.infer<typeof partSchema>>;

/** The row without what only its way through the bucket needs. */
export function recordOfPart({
  schemaVersion: _version,
  key: _key,
  sequencer: _sequencer,
  ...record
}: Part): ImageRecord {
  return record;
}
