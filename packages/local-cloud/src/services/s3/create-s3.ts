import type { CloudEnvironment } from '../../server/environment.ts';
import type { EventTarget, ObjectStore } from '../../server/ports.ts';
import type { Service } from '../../server/service.ts';
import {
  getBucketNotificationConfiguration,
  putBucketNotificationConfiguration,
} from './bucket-notifications.ts';
import {
  createBucket,
  deleteBucket,
  deleteBucketTagging,
  getBucketLocation,
  getBucketTagging,
  getBucketVersioning,
  headBucket,
  listBuckets,
  putBucketTagging,
  putBucketVersioning,
} from './buckets.ts';
import { completeMultipartUpload } from './complete-upload.ts';
import { copyObject } from './copy-object.ts';
import { deleteObject, deleteObjects } from './delete-object.ts';
import { getObject, headObject } from './get-object.ts';
import { listObjects, listObjectsV2 } from './list-objects.ts';
import { listMultipartUploads, listParts } from './list-uploads.ts';
import {
  abortMultipartUpload,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
} from './multipart-upload.ts';
import { getObjectAttributes } from './object-attributes.ts';
import { objectStore } from './object-store.ts';
import { putObject } from './put-object.ts';
import { S3State } from './s3-state.ts';
import { supportedOnly } from './supported-members.ts';

/** S3: objects as files under `<stateDir>/s3/`, their rows and their events in the shared database. */
export function createS3(
  environment: CloudEnvironment,
  ports: { readonly events: EventTarget },
): Service & { readonly objectStore: ObjectStore } {
  const state = new S3State(environment, ports.events);
  return {
    id: 's3',
    objectStore: objectStore(state),
    operations: supportedOnly({
      CreateBucket: createBucket(state),
      HeadBucket: headBucket(state),
      DeleteBucket: deleteBucket(state),
      ListBuckets: listBuckets(state),
      GetBucketLocation: getBucketLocation(state),
      GetBucketVersioning: getBucketVersioning(state),
      PutBucketVersioning: putBucketVersioning(state),
      PutBucketTagging: putBucketTagging(state),
      GetBucketTagging: getBucketTagging(state),
      DeleteBucketTagging: deleteBucketTagging(state),
      PutBucketNotificationConfiguration: putBucketNotificationConfiguration(state),
      GetBucketNotificationConfiguration: getBucketNotificationConfiguration(state),

      PutObject: putObject(state),
      GetObject: getObject(state),
      HeadObject: headObject(state),
      GetObjectAttributes: getObjectAttributes(state),
      CopyObject: copyObject(state),
      DeleteObject: deleteObject(state),
      DeleteObjects: deleteObjects(state),
      ListObjects: listObjects(state),
      ListObjectsV2: listObjectsV2(state),

      CreateMultipartUpload: createMultipartUpload(state),
      UploadPart: uploadPart(state),
      UploadPartCopy: uploadPartCopy(state),
      CompleteMultipartUpload: completeMultipartUpload(state),
      AbortMultipartUpload: abortMultipartUpload(state),
      ListParts: listParts(state),
      ListMultipartUploads: listMultipartUploads(state),
    }),
  };
}
