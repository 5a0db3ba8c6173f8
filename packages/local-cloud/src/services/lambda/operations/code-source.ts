import { AwsError } from '../../../errors.ts';
import { invalidParameter, requestTooLarge } from '../errors.ts';
import { MAXIMUM_ZIP_UPLOAD_BYTES } from '../limits.ts';
import type { LambdaCore } from './lambda-core.ts';

export interface CodeSource {
  readonly ZipFile?: Uint8Array | undefined;
  readonly S3Bucket?: string | undefined;
  readonly S3Key?: string | undefined;
  readonly S3ObjectVersion?: string | undefined;
}

/** The bytes of a deployment package, uploaded or from a bucket of this cloud. */
export async function readPackage(core: LambdaCore, source: CodeSource): Promise<Uint8Array> {
  const { ZipFile, S3Bucket, S3Key, S3ObjectVersion } = source;
  if (ZipFile !== undefined && S3Bucket === undefined && S3Key === undefined) {
    if (ZipFile.byteLength > MAXIMUM_ZIP_UPLOAD_BYTES) {
      throw requestTooLarge(
        `The package has ${ZipFile.byteLength} bytes; at most ${MAXIMUM_ZIP_UPLOAD_BYTES} can be uploaded directly. Put it into S3 and name S3Bucket and S3Key.`,
      );
    }
    return ZipFile;
  }
  if (ZipFile === undefined && S3Bucket !== undefined && S3Key !== undefined) {
    return readFromBucket(core, S3Bucket, S3Key, S3ObjectVersion);
  }
  throw invalidParameter('Please provide a source for function code: ZipFile, or S3Bucket with S3Key.');
}

async function readFromBucket(core: LambdaCore, bucket: string, key: string, version: string | undefined) {
  try {
    return await core.objects().read(bucket, key, version);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidParameter(
      `Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`,
      { cause: error },
    );
  }
}
