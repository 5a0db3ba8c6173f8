import { createReadStream } from 'node:fs';
import { DeleteObjectsCommand, PutObjectCommand, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import type { CloudClients } from '@skyground/cloud';
import type { ListedImage } from '@skyground/imaging';
import { concurrently } from './concurrently.ts';

/** Key and ETag (MD5 of a single put, without quotes) of every object below a prefix; none where the bucket does not exist. */
export async function listObjects(
  { s3 }: CloudClients,
  bucket: string,
  prefix: string,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const objects = new Map<string, string>();
  try {
    for await (const page of paginateListObjectsV2(
      { client: s3 },
      { Bucket: bucket, Prefix: prefix },
      { abortSignal: signal },
    )) {
      for (const { Key, ETag } of page.Contents ?? [])
        if (Key !== undefined) objects.set(Key, (ETag ?? '').replaceAll('"', ''));
    }
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchBucket') return objects;
    throw error;
  }
  return objects;
}

/** Uploads one image as it is; the stream keeps memory flat and its length is known, so it goes up in one put. */
export async function uploadImage(
  { s3 }: CloudClients,
  bucket: string,
  key: string,
  image: ListedImage,
  signal: AbortSignal,
): Promise<void> {
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: createReadStream(image.path),
      ContentLength: image.sizeBytes,
    }),
    { abortSignal: signal },
  );
}

/** Uploads under way at the same time: enough to fill the function's environments, few enough to leave cores to what is measured. */
export const uploadsAtOnce = 4;

/** Uploads images in order, a few at a time (`atOnce`); `onUploaded` is waited for before the next one of its lane. */
export async function uploadImages<
  Upload extends { readonly key: string; readonly image: ListedImage },
>(request: {
  readonly clients: CloudClients;
  readonly bucket: string;
  readonly uploads: readonly Upload[];
  readonly signal: AbortSignal;
  readonly atOnce?: number;
  readonly onUploaded?: (upload: Upload) => Promise<void>;
}): Promise<void> {
  const { clients, bucket, uploads, signal, atOnce = uploadsAtOnce, onUploaded } = request;
  await concurrently(uploads, atOnce, async (upload) => {
    await uploadImage(clients, bucket, upload.key, upload.image, signal);
    await onUploaded?.(upload);
  });
}

const deletedAtOnce = 1000;

export async function deleteObjects(
  { s3 }: CloudClients,
  bucket: string,
  keys: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (let start = 0; start < keys.length; start += deletedAtOnce) {
    const batch = keys.slice(start, start + deletedAtOnce);
    const { Errors: failed = [] } = await s3.send(
      new DeleteObjectsCommand({
        Bucket: bucket,
        Delete: { Objects: batch.map((Key) => ({ Key })), Quiet: true },
      }),
      { abortSignal: signal },
    );
    const first = failed[0];
    if (first !== undefined)
      throw new Error(
        `s3://${bucket}/${first.Key ?? ''} could not be deleted: ${first.Code ?? ''} ${first.Message ?? ''}`,
      );
  }
}
