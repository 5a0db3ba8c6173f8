import type {
  _Error,
  DeletedObject,
  DeleteObjectOutput,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
} from '@aws-sdk/client-s3';
import { AwsError, malformedXml, notImplemented } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import { refuseVersion } from './errors.ts';
import { originOf, readAddress, readBucketName } from './names.ts';
import { checkWriteConditions, unsupportedHeader } from './preconditions.ts';
import type { S3State } from './s3-state.ts';

const MAX_KEYS = 1000;

export function deleteObject(state: S3State): Operation<DeleteObjectRequest, DeleteObjectOutput> {
  return async (input, context) => {
    const { bucket, key } = readAddress(state, input);
    refuseVersion(input.VersionId);
    // Conditions that only directory buckets know; which of two is named first is as recorded.
    if (input.IfMatchLastModifiedTime !== undefined)
      throw unsupportedHeader('x-amz-if-match-last-modified-time');
    if (input.IfMatchSize !== undefined) throw unsupportedHeader('x-amz-if-match-size');
    await state.removeObject(bucket, key, originOf(state, context), (existing) =>
      checkWriteConditions({ IfMatch: input.IfMatch }, key, existing),
    );
    return {};
  };
}

/** One refusal does not stop the batch: it is reported with its key. */
export function deleteObjects(state: S3State): Operation<DeleteObjectsRequest, DeleteObjectsOutput> {
  return async (input, context) => {
    const bucket = readBucketName(state, input);
    const objects = input.Delete?.Objects ?? [];
    if (objects.length === 0 || objects.length > MAX_KEYS) {
      throw malformedXml();
    }
    const deleted: DeletedObject[] = [];
    const errors: _Error[] = [];
    const origin = originOf(state, context);
    for (const { Key, VersionId, ETag, Size, LastModifiedTime } of objects) {
      try {
        const { key } = readAddress(state, { Bucket: bucket, Key });
        refuseVersion(VersionId);
        if (Size !== undefined || LastModifiedTime !== undefined)
          throw notImplemented('s3', 'DeleteObjects', 'Size, LastModifiedTime');
        await state.removeObject(bucket, key, origin, (existing) =>
          checkWriteConditions({ IfMatch: ETag }, key, existing),
        );
        deleted.push({ Key: key, ...(VersionId === undefined ? {} : { VersionId }) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        errors.push({ Key, Code: error.code, Message: error.message });
      }
    }
    return { Errors: errors, ...(input.Delete?.Quiet === true ? {} : { Deleted: deleted }) };
  };
}
