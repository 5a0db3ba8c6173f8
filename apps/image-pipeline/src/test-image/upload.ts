import { HeadObjectCommand, NotFound, PutObjectCommand } from '@aws-sdk/client-s3';
import type { CloudClients } from '@skyground/cloud';

import { PipelineUsageError } from '../errors.ts';
import type { Location } from '../wire/image.ts';
import { TEST_IMAGE_MARK } from './mark.ts';

/**
 * Puts the test image there, marked as ours, over an earlier one of ours.
 *
 * @throws {PipelineUsageError} where the bucket is missing, or something that is not ours lies there.
 */
export async function uploadTestImage(
  { s3, target }: CloudClients,
  { bucket, key }: Location,
  image: Uint8Array,
  signal: AbortSignal,
): Promise<void> {
  const there = await s3
    .send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal })
    .catch((error: unknown) => {
      if (error instanceof NotFound) return undefined;
      throw error;
    });
  if (there !== undefined && there.Metadata?.[TEST_IMAGE_MARK] === undefined) {
    throw new PipelineUsageError(
      `s3://${bucket}/${key}: expected nothing, or a test image that this command uploaded, but another object is there. Choose another TEST_KEY.`,
    );
  }
  const put = new PutObjectCommand({
    Bucket: bucket,
    Key: key,
    Body: image,
    ContentType: 'image/jpeg',
    Metadata: { [TEST_IMAGE_MARK]: 'uploaded' },
  });
  await s3.send(put, { abortSignal: signal }).catch((error: unknown) => {
    if (!(error instanceof Error && error.name === 'NoSuchBucket')) throw error;
    throw new PipelineUsageError(
      `${target.label} has no bucket ${bucket}. Deploy first (npm run deploy -w apps/image-pipeline), or name a bucket of your own in TEST_BUCKET.`,
      { cause: error },
    );
  });
}
