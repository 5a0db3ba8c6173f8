import * as z from 'zod';

/**
 * The event that S3 sends, as far as it is used. Not a strict object: AWS adds members to these records without notice
 * (versionId, glacierEventData, lifecycleEventData came so), and an added member must not stop the processing.
 * What is used is checked strictly.
 */
export const s3EventSchema = z.object({
  Records: z
    .array(
      z.object({
        eventSource: z.literal('aws:s3'),
        eventName: z.string().startsWith('ObjectCreated:'),
        /** When S3 finished the request, by S3's clock. */
        eventTime: z.iso.datetime(),
        s3: z.object({
          bucket: z.object({ name: z.string().min(1) }),
          object: z.object({
            /** URL-encoded, blanks as `+`. */
            key: z.string().min(1),
            size: z.int().nonnegative(),
            /** Without quotes. */
            eTag: z.string().min(1),
            /** Hexadecimal; orders the events of one key. Part of a key here, so nothing else may be in it. */
            sequencer: z.string().regex(/^[0-9A-Fa-f]{1,64}$/),
          }),
        }),
      }),
    )
    .min(1),
});

export type S3EventRecord = z.infer<typeof s3EventSchema>['Records'][number];

/** The key as it was given to PutObject. */
export function decodeEventKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('+', ' '));
}
