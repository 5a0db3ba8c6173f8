import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import { PipelineError } from '../errors.ts';
import type { Location } from '../wire/image.ts';
import { sha256Of } from './digest.ts';

/** Reads an object whole. @throws {PipelineError} for one that is missing, or larger than `maxBytes`: that is not read. */
export async function readObject(
  s3: S3Client,
  { bucket, key }: Location,
  maxBytes: number,
): Promise<Uint8Array> {
  const { Body, ContentLength = 0 } = await s3
    .send(new GetObjectCommand({ Bucket: bucket, Key: key }))
    .catch((error: unknown) => {
      if (!(error instanceof Error && ['NoSuchKey', 'NoSuchBucket'].includes(error.name))) throw error;
      throw new PipelineError(`s3://${bucket}/${key}: expected an object, but there is none.`, {
        cause: error,
      });
    });
  if (Body === undefined) throw new Error(`S3 gave no body for s3://${bucket}/${key}.`);
  if (ContentLength > maxBytes) {
    // Else the connection would wait for someone to read the rest.
    await Body.transformToWebStream().cancel();
    throw new PipelineError(
      `s3://${bucket}/${key}: expected at most ${maxBytes.toLocaleString('en')} bytes, received ${ContentLength.toLocaleString('en')}.`,
    );
  }
  return Body.transformToByteArray();
}

/** @throws {PipelineError} for bytes that are others than those that an earlier function saw. */
export function checkDigest(bytes: Uint8Array, expectedSha256: string, what: string): void {
  const sha256 = sha256Of(bytes);
  if (sha256 === expectedSha256) return;
  throw new PipelineError(
    `${what}: expected the bytes that an earlier function of this run saw (SHA-256 ${expectedSha256}), received others (${sha256}). Do not overwrite it while the workflow runs.`,
  );
}
