import { AwsError, notImplemented } from '../../errors.ts';

/** S3's refusals, in its own words. */

export function noSuchBucket(bucket: string): AwsError {
  return new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404, { BucketName: bucket });
}

export function noSuchKey(key: string): AwsError {
  return new AwsError('NoSuchKey', 'The specified key does not exist.', 404, { Key: key });
}

export function noSuchUpload(uploadId: string): AwsError {
  return new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId: uploadId },
  );
}

export function invalidArgument(message: string, name: string, value: string): AwsError {
  return new AwsError('InvalidArgument', message, 400, { ArgumentName: name, ArgumentValue: value });
}

export function invalidRequest(message: string): AwsError {
  return new AwsError('InvalidRequest', message, 400);
}

/** Input members that ask for what this cloud does not do. Silence would pretend that it did. */
const REFUSED_MEMBERS = [
  'SSECustomerAlgorithm',
  'SSECustomerKey',
  'CopySourceSSECustomerAlgorithm',
  'SSEKMSKeyId',
  'SSEKMSEncryptionContext',
  'Tagging',
  'TaggingDirective',
  'GrantFullControl',
  'GrantRead',
  'GrantReadACP',
  'GrantWrite',
  'GrantWriteACP',
  'WebsiteRedirectLocation',
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
  'ObjectLockEnabledForBucket',
  'WriteOffsetBytes',
  'MFA',
] as const;

/** Values that change nothing here, so that they may be given. */
const ACCEPTED_VALUES: Readonly<Record<string, readonly unknown[]>> = {
  ACL: ['private', 'bucket-owner-full-control'],
  ServerSideEncryption: ['AES256'],
  StorageClass: ['STANDARD'],
  ObjectOwnership: ['BucketOwnerEnforced'],
  TaggingDirective: ['COPY'],
};

export function refuseUnsupported(operationName: string, input: object): void {
  const members: Readonly<Record<string, unknown>> = { ...input };
  for (const name of [...REFUSED_MEMBERS, ...Object.keys(ACCEPTED_VALUES)]) {
    const value = members[name];
    if (value === undefined || value === '' || value === false) continue;
    if (ACCEPTED_VALUES[name]?.includes(value) === true) continue;
    throw notImplemented(
      's3',
      operationName,
      ACCEPTED_VALUES[name] === undefined ? name : `${name}=${JSON.stringify(value)}`,
    );
  }
}

/** Buckets are unversioned, where every object has the version 'null' and no other. */
export function refuseVersion(versionId: string | undefined): void {
  if (versionId === undefined || versionId === 'null') return;
  throw invalidArgument('Invalid version id specified', 'versionId', versionId);
}
