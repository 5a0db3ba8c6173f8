import { AwsError } from '../../errors.ts';
import type { RequestContext } from '../../server/service.ts';
import type { EventOrigin } from './event-record.ts';
import type { S3State } from './s3-state.ts';

/** An object's address, checked: the bucket exists and the key is one that S3 would take. */
export interface Address {
  readonly bucket: string;
  readonly key: string;
}

const MAX_KEY_BYTES = 1024;

interface AddressedInput {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

export function readAddress(state: S3State, input: AddressedInput): Address {
  const bucket = readBucketName(state, input);
  const key = input.Key ?? '';
  if (key === '') throw new AwsError('InvalidArgument', 'Object key must not be empty.', 400);
  const sizeBytes = Buffer.byteLength(key);
  if (sizeBytes > MAX_KEY_BYTES) {
    throw new AwsError('KeyTooLongError', 'Your key is too long', 400, {
      Size: sizeBytes,
      MaxSizeAllowed: MAX_KEY_BYTES,
    });
  }
  return { bucket, key };
}

/** The name of a bucket that exists and belongs to whom the client expects. */
export function readBucketName(
  state: S3State,
  { Bucket, ExpectedBucketOwner }: Pick<AddressedInput, 'Bucket' | 'ExpectedBucketOwner'>,
): string {
  const { name } = state.bucket(Bucket ?? '');
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== state.environment.accountId) {
    throw new AwsError('AccessDenied', 'Access Denied', 403);
  }
  return name;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function checkNewBucketName(name: string): void {
  const wellFormed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!wellFormed) {
    throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
  }
}

export function originOf(
  state: S3State,
  { requestId, sourceIp }: Pick<RequestContext, 'requestId' | 'sourceIp'>,
): EventOrigin {
  return { requestId, sourceIp, principalId: state.environment.accountId };
}
