import type { CopyObjectRequest, UploadPartCopyRequest } from '@aws-sdk/client-s3';
import { decodePath } from '../../server/http-request.ts';
import { invalidArgument, refuseVersion } from './errors.ts';
import { openObject } from './get-object.ts';
import { type Address, readAddress } from './names.ts';
import { checkCopyConditions } from './preconditions.ts';
import type { S3State } from './s3-state.ts';

/** `bucket/key` or `/bucket/key`, percent-encoded, maybe with `?versionId=`. */
function readCopySource(state: S3State, text: string, expectedOwner: string | undefined): Address {
  const [path = '', version] = text.split('?versionId=');
  refuseVersion(version);
  const [, bucket, rawKey] = /^\/?([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (bucket === undefined || rawKey === undefined) {
    throw invalidArgument('Invalid copy source object key', 'x-amz-copy-source', text);
  }
  return readAddress(state, {
    Bucket: decodePath(bucket),
    Key: decodePath(rawKey),
    ExpectedBucketOwner: expectedOwner,
  });
}

/** The source of a copy, open, its conditions met. The caller closes the file. */
export async function openCopySource(state: S3State, input: CopyObjectRequest | UploadPartCopyRequest) {
  const source = readCopySource(state, input.CopySource ?? '', input.ExpectedSourceBucketOwner);
  const opened = await openObject(state, source);
  try {
    checkCopyConditions(
      {
        IfMatch: input.CopySourceIfMatch,
        IfNoneMatch: input.CopySourceIfNoneMatch,
        IfModifiedSince: input.CopySourceIfModifiedSince,
        IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
      },
      opened.object,
      state.environment.clock.now(),
    );
  } catch (error) {
    await opened.file.close();
    throw error;
  }
  return { ...opened, source };
}
