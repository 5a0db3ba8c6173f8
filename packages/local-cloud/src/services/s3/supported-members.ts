import type * as S3 from '@aws-sdk/client-s3';
import { notImplemented } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';

interface Inputs {
  CreateBucket: S3.CreateBucketRequest;
  HeadBucket: S3.HeadBucketRequest;
  DeleteBucket: S3.DeleteBucketRequest;
  ListBuckets: S3.ListBucketsRequest;
  GetBucketLocation: S3.GetBucketLocationRequest;
  GetBucketVersioning: S3.GetBucketVersioningRequest;
  PutBucketVersioning: S3.PutBucketVersioningRequest;
  PutBucketTagging: S3.PutBucketTaggingRequest;
  GetBucketTagging: S3.GetBucketTaggingRequest;
  DeleteBucketTagging: S3.DeleteBucketTaggingRequest;
  PutBucketNotificationConfiguration: S3.PutBucketNotificationConfigurationRequest;
  GetBucketNotificationConfiguration: S3.GetBucketNotificationConfigurationRequest;
  PutObject: S3.PutObjectRequest;
  GetObject: S3.GetObjectRequest;
  HeadObject: S3.HeadObjectRequest;
  GetObjectAttributes: S3.GetObjectAttributesRequest;
  CopyObject: S3.CopyObjectRequest;
  DeleteObject: S3.DeleteObjectRequest;
  DeleteObjects: S3.DeleteObjectsRequest;
  ListObjects: S3.ListObjectsRequest;
  ListObjectsV2: S3.ListObjectsV2Request;
  CreateMultipartUpload: S3.CreateMultipartUploadRequest;
  UploadPart: S3.UploadPartRequest;
  UploadPartCopy: S3.UploadPartCopyRequest;
  CompleteMultipartUpload: S3.CompleteMultipartUploadRequest;
  AbortMultipartUpload: S3.AbortMultipartUploadRequest;
  ListParts: S3.ListPartsRequest;
  ListMultipartUploads: S3.ListMultipartUploadsRequest;
}

/** RequestPayer changes nothing where one account owns everything. */
const BUCKET = ['Bucket', 'ExpectedBucketOwner'] as const;
const OBJECT = [...BUCKET, 'Key', 'RequestPayer'] as const;
const UPLOAD = [...OBJECT, 'UploadId'] as const;
const CHECKSUMS = [
  'ChecksumCRC32',
  'ChecksumCRC32C',
  'ChecksumCRC64NVME',
  'ChecksumSHA1',
  'ChecksumSHA256',
] as const;
const BODY = ['Body', 'ContentLength', 'ContentMD5', 'ChecksumAlgorithm', ...CHECKSUMS] as const;
const STORED = [
  'CacheControl',
  'ContentDisposition',
  'ContentEncoding',
  'ContentLanguage',
  'ContentType',
  'Expires',
  'Metadata',
] as const;
/** Of which ACCEPTED_VALUES has the values. */
const DEFAULTS_ONLY = ['ACL', 'ServerSideEncryption', 'StorageClass'] as const;
const READ = [
  ...OBJECT,
  'VersionId',
  'PartNumber',
  'Range',
  'ChecksumMode',
  'IfMatch',
  'IfModifiedSince',
  'IfNoneMatch',
  'IfUnmodifiedSince',
  'ResponseCacheControl',
  'ResponseContentDisposition',
  'ResponseContentEncoding',
  'ResponseContentLanguage',
  'ResponseContentType',
  'ResponseExpires',
] as const;
const COPY_SOURCE = [
  'CopySource',
  'CopySourceIfMatch',
  'CopySourceIfModifiedSince',
  'CopySourceIfNoneMatch',
  'CopySourceIfUnmodifiedSince',
  'ExpectedSourceBucketOwner',
] as const;
/** RestoreStatus, the one optional attribute, is only of objects in an archive. */
const LIST = [
  ...BUCKET,
  'RequestPayer',
  'Delimiter',
  'EncodingType',
  'MaxKeys',
  'OptionalObjectAttributes',
  'Prefix',
] as const;

/** What each operation does something about. Whatever else it is given is refused by name: silence would pretend. */
const MEMBERS: { readonly [Name in keyof Inputs]: readonly (keyof Inputs[Name])[] } = {
  CreateBucket: ['Bucket', 'CreateBucketConfiguration', 'ACL', 'ObjectOwnership'],
  HeadBucket: BUCKET,
  DeleteBucket: BUCKET,
  ListBuckets: ['MaxBuckets', 'ContinuationToken', 'Prefix', 'BucketRegion'],
  GetBucketLocation: BUCKET,
  GetBucketVersioning: BUCKET,
  PutBucketVersioning: [...BUCKET, 'VersioningConfiguration', 'ChecksumAlgorithm', 'ContentMD5'],
  PutBucketTagging: [...BUCKET, 'Tagging', 'ChecksumAlgorithm', 'ContentMD5'],
  GetBucketTagging: BUCKET,
  DeleteBucketTagging: BUCKET,
  PutBucketNotificationConfiguration: [...BUCKET, 'NotificationConfiguration', 'SkipDestinationValidation'],
  GetBucketNotificationConfiguration: BUCKET,
  PutObject: [...OBJECT, ...BODY, ...STORED, ...DEFAULTS_ONLY, 'IfMatch', 'IfNoneMatch'],
  GetObject: READ,
  HeadObject: READ,
  GetObjectAttributes: [...OBJECT, 'VersionId', 'MaxParts', 'ObjectAttributes', 'PartNumberMarker'],
  CopyObject: [
    ...OBJECT,
    ...STORED,
    ...DEFAULTS_ONLY,
    ...COPY_SOURCE,
    'ChecksumAlgorithm',
    'IfMatch',
    'IfNoneMatch',
    'MetadataDirective',
    'TaggingDirective',
  ],
  DeleteObject: [...OBJECT, 'VersionId', 'IfMatch', 'IfMatchLastModifiedTime', 'IfMatchSize'],
  DeleteObjects: [...BUCKET, 'RequestPayer', 'Delete', 'ChecksumAlgorithm'],
  ListObjects: [...LIST, 'Marker'],
  ListObjectsV2: [...LIST, 'ContinuationToken', 'FetchOwner', 'StartAfter'],
  CreateMultipartUpload: [...OBJECT, ...STORED, ...DEFAULTS_ONLY, 'ChecksumAlgorithm', 'ChecksumType'],
  UploadPart: [...UPLOAD, ...BODY, 'PartNumber'],
  UploadPartCopy: [...UPLOAD, ...COPY_SOURCE, 'CopySourceRange', 'PartNumber'],
  CompleteMultipartUpload: [
    ...UPLOAD,
    ...CHECKSUMS,
    'ChecksumType',
    'IfMatch',
    'IfNoneMatch',
    'MpuObjectSize',
    'MultipartUpload',
  ],
  AbortMultipartUpload: UPLOAD,
  ListParts: [...UPLOAD, 'MaxParts', 'PartNumberMarker'],
  ListMultipartUploads: [
    ...BUCKET,
    'RequestPayer',
    'Delimiter',
    'EncodingType',
    'KeyMarker',
    'MaxUploads',
    'Prefix',
    'UploadIdMarker',
  ],
};

/** Members that may only say what holds here anyway. */
const ACCEPTED_VALUES: ReadonlyMap<string, readonly unknown[]> = new Map([
  ['ACL', ['private', 'bucket-owner-full-control']],
  ['ServerSideEncryption', ['AES256']],
  ['StorageClass', ['STANDARD']],
  ['ObjectOwnership', ['BucketOwnerEnforced']],
  ['TaggingDirective', ['COPY']],
]);

/** The operations, each behind the list of its members. */
export function supportedOnly(
  operations: Readonly<Record<keyof Inputs, Operation>>,
): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(MEMBERS).map(([name, members]) => {
      const supported: ReadonlySet<string> = new Set(members);
      // Object.entries takes every key for any string.
      const run = operations[name as keyof Inputs];
      const operation: Operation<object> = (input, context) => {
        refuseUnsupported(name, supported, input);
        return run(input, context);
      };
      return [name, operation];
    }),
  );
}

function refuseUnsupported(operationName: string, supported: ReadonlySet<string>, input: object): void {
  for (const [name, value] of Object.entries(input)) {
    // As good as not given.
    if (value === undefined || value === '' || value === false) continue;
    if (!supported.has(name)) throw notImplemented('s3', operationName, name);
    const accepted = ACCEPTED_VALUES.get(name);
    if (accepted !== undefined && !accepted.includes(value)) {
      throw notImplemented('s3', operationName, `${name}=${JSON.stringify(value)}`);
    }
  }
}
