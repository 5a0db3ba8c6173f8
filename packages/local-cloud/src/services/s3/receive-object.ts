import { AwsError } from '../../errors.ts';
import {
  type ChecksumAlgorithm,
  readContentMd5,
  readDeclaredChecksum,
  verifyChecksum,
  verifyContentMd5,
} from '../../protocol/checksum.ts';
import { RequestBody } from '../../server/request-body.ts';
import type { RequestContext } from '../../server/service.ts';
import type { ReceivedBlob } from './blob-store.ts';
import type { S3State } from './s3-state.ts';

/** The most that one PutObject or UploadPart takes. */
export const MAX_UPLOAD_BYTES = 5 * 1024 ** 3;

/** What S3 computes for itself when the client sends no checksum. */
export const DEFAULT_ALGORITHM: ChecksumAlgorithm = 'CRC64NVME';

export interface ReceivedObject extends ReceivedBlob {
  readonly algorithm: ChecksumAlgorithm;
}

/** Streams a request's body to disk and holds it to every checksum that came with it. Nothing is left if one is wrong. */
export async function receiveObject(
  state: S3State,
  body: unknown,
  context: RequestContext,
  fallback: ChecksumAlgorithm = DEFAULT_ALGORITHM,
): Promise<ReceivedObject> {
  const contentMd5 = readContentMd5(context.headers);
  const declared = readDeclaredChecksum(context.headers);
  if (!(body instanceof RequestBody) || body.sizeBytes === undefined) {
    throw new AwsError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  }
  if (body.sizeBytes > MAX_UPLOAD_BYTES) {
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      ProposedSize: body.sizeBytes,
      MaxSizeAllowed: MAX_UPLOAD_BYTES,
    });
  }
  const algorithm = declared?.algorithm ?? fallback;
  const received = await state.blobs.receive(body, algorithm, MAX_UPLOAD_BYTES);
  try {
    verifyContentMd5(contentMd5, received.md5);
    if (declared !== undefined) verifyChecksum(declared, body.trailers, received.checksum);
  } catch (error) {
    await state.blobs.remove(received.blobId);
    throw error;
  }
  return { ...received, algorithm };
}
