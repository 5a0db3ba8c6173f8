import type {
  _Object,
  ListObjectsOutput,
  ListObjectsRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../server/service.ts';
import { invalidArgument } from './errors.ts';
import { listPage } from './list-page.ts';
import { readBucketName } from './names.ts';
import { ownerOf } from './owner.ts';
import type { S3State } from './s3-state.ts';
import type { StoredObject } from './stored-object.ts';

const MAX_KEYS = 1000;

export function listObjectsV2(state: S3State): Operation<ListObjectsV2Request, ListObjectsV2Output> {
  return async (input) => {
    const bucket = readBucketName(state, input);
    const encode = encoder(input.EncodingType);
    const maxKeys = readMaxKeys(input.MaxKeys);
    const { Prefix = '', Delimiter = '', StartAfter = '', ContinuationToken } = input;
    const after = ContinuationToken === undefined ? StartAfter : readToken(ContinuationToken);
    const page = listPage(state.objects, bucket, { prefix: Prefix, delimiter: Delimiter, after, maxKeys });
    return {
      Name: bucket,
      Prefix: encode(Prefix),
      ...(Delimiter === '' ? {} : { Delimiter: encode(Delimiter) }),
      ...(StartAfter === '' ? {} : { StartAfter: encode(StartAfter) }),
      ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      MaxKeys: maxKeys,
      KeyCount: page.objects.length + page.commonPrefixes.length,
      IsTruncated: page.isTruncated,
      ...(page.isTruncated ? { NextContinuationToken: Buffer.from(page.last).toString('base64url') } : {}),
      Contents: page.objects.map((object) => ({
        ...describe(object, encode),
        ...(input.FetchOwner === true ? { Owner: ownerOf(state) } : {}),
      })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  };
}

/** The first version of the listing, which s3cmd and rclone still ask for. */
export function listObjects(state: S3State): Operation<ListObjectsRequest, ListObjectsOutput> {
  return async (input) => {
    const bucket = readBucketName(state, input);
    const encode = encoder(input.EncodingType);
    const maxKeys = readMaxKeys(input.MaxKeys);
    const { Prefix = '', Delimiter = '', Marker = '' } = input;
    const page = listPage(state.objects, bucket, {
      prefix: Prefix,
      delimiter: Delimiter,
      after: Marker,
      maxKeys,
    });
    return {
      Name: bucket,
      Prefix: encode(Prefix),
      Marker: encode(Marker),
      ...(Delimiter === '' ? {} : { Delimiter: encode(Delimiter) }),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      MaxKeys: maxKeys,
      IsTruncated: page.isTruncated,
      // Without a delimiter the client is to take the last key.
      ...(page.isTruncated && Delimiter !== '' ? { NextMarker: encode(page.last) } : {}),
      Contents: page.objects.map((object) => ({ ...describe(object, encode), Owner: ownerOf(state) })),
      CommonPrefixes: page.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
    };
  };
}

function describe(object: StoredObject, encode: (key: string) => string): _Object {
  return {
    Key: encode(object.key),
    LastModified: new Date(object.lastModifiedMs),
    ETag: `"${object.etag}"`,
    ChecksumAlgorithm: [object.checksum.algorithm],
    ChecksumType: object.checksum.type,
    Size: object.sizeBytes,
    StorageClass: 'STANDARD',
  };
}

export function readMaxKeys(given: number | undefined): number {
  if (given === undefined) return MAX_KEYS;
  if (given < 0)
    throw invalidArgument(
      'Argument maxKeys must be an integer between 0 and 2147483647',
      'maxKeys',
      String(given),
    );
  return Math.min(given, MAX_KEYS);
}

/** Keys that XML cannot hold travel percent-encoded if the client asks for it. */
export function encoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key;
  if (encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  return (key) => encodeURIComponent(key).replaceAll('%2F', '/');
}

function readToken(token: string): string {
  const key = Buffer.from(token, 'base64url').toString('utf8');
  if (token === '' || Buffer.from(key).toString('base64url') !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return key;
}
