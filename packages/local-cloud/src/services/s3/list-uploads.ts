import type {
  ListMultipartUploadsOutput,
  ListMultipartUploadsRequest,
  ListPartsOutput,
  ListPartsRequest,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../server/service.ts';
import { invalidArgument } from './errors.ts';
import { encoder, readMaxKeys } from './list-objects.ts';
import { commonPrefix } from './list-page.ts';
import { findUpload } from './multipart-upload.ts';
import { readAddress, readBucketName } from './names.ts';
import { ownerOf } from './owner.ts';
import type { S3State } from './s3-state.ts';
import type { Upload } from './upload-table.ts';

export function listParts(state: S3State): Operation<ListPartsRequest, ListPartsOutput> {
  return async (input) => {
    const { bucket, key } = readAddress(state, input);
    const upload = findUpload(state, { bucket, key }, input.UploadId);
    const maxParts = readMaxKeys(input.MaxParts);
    const marker = readPartNumberMarker(input.PartNumberMarker);
    const after = state.uploads.parts(upload.uploadId).filter(({ partNumber }) => partNumber > marker);
    const page = after.slice(0, maxParts);
    return {
      Bucket: bucket,
      Key: key,
      UploadId: upload.uploadId,
      PartNumberMarker: String(marker),
      NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
      MaxParts: maxParts,
      IsTruncated: after.length > page.length && maxParts > 0,
      Parts: page.map((part) => ({
        PartNumber: part.partNumber,
        LastModified: new Date(part.lastModifiedMs),
        ETag: `"${part.etag}"`,
        Size: part.sizeBytes,
        ...(upload.checksumDeclared ? { [`Checksum${upload.checksumAlgorithm}`]: part.checksum } : {}),
      })),
      Initiator: ownerOf(state),
      Owner: ownerOf(state),
      StorageClass: 'STANDARD',
      ...(upload.checksumDeclared
        ? { ChecksumAlgorithm: upload.checksumAlgorithm, ChecksumType: upload.checksumType }
        : {}),
    };
  };
}

export function listMultipartUploads(
  state: S3State,
): Operation<ListMultipartUploadsRequest, ListMultipartUploadsOutput> {
  return async (input) => {
    const bucket = readBucketName(state, input);
    const encode = encoder(input.EncodingType);
    const maxUploads = readMaxKeys(input.MaxUploads);
    const { Prefix = '', Delimiter = '', KeyMarker = '', UploadIdMarker = '' } = input;
    const after = state.uploads
      .list(bucket)
      .filter((upload) => upload.key.startsWith(Prefix) && isAfter(upload, KeyMarker, UploadIdMarker));
    const uploads: Upload[] = [];
    const prefixes = new Set<string>();
    let taken = 0;
    for (const upload of after) {
      const common = commonPrefix(upload.key, Prefix, Delimiter);
      const isNew = common === undefined || !prefixes.has(common);
      if (isNew && uploads.length + prefixes.size === maxUploads) break;
      if (common === undefined) uploads.push(upload);
      else prefixes.add(common);
      taken++;
    }
    const last = after[taken - 1];
    const isTruncated = taken < after.length && maxUploads > 0;
    return {
      Bucket: bucket,
      KeyMarker: encode(KeyMarker),
      UploadIdMarker,
      ...(isTruncated && last !== undefined
        ? { NextKeyMarker: encode(last.key), NextUploadIdMarker: last.uploadId }
        : {}),
      ...(Delimiter === '' ? {} : { Delimiter: encode(Delimiter) }),
      Prefix: encode(Prefix),
      ...(input.EncodingType === undefined ? {} : { EncodingType: input.EncodingType }),
      MaxUploads: maxUploads,
      IsTruncated: isTruncated,
      Uploads: uploads.map((upload) => ({
        UploadId: upload.uploadId,
        Key: encode(upload.key),
        Initiated: new Date(upload.initiatedMs),
        StorageClass: 'STANDARD' as const,
        Owner: ownerOf(state),
        Initiator: ownerOf(state),
        ...(upload.checksumDeclared
          ? { ChecksumAlgorithm: upload.checksumAlgorithm, ChecksumType: upload.checksumType }
          : {}),
      })),
      CommonPrefixes: [...prefixes].map((prefix) => ({ Prefix: encode(prefix) })),
    };
  };
}

/** A part number, or nothing: from the first. */
export function readPartNumberMarker(given = ''): number {
  if (/^\d{0,9}$/.test(given)) return Number(given);
  throw invalidArgument(
    'Argument part-number-marker must be an integer between 0 and 2147483647',
    'part-number-marker',
    given,
  );
}

function isAfter({ key, uploadId }: Upload, keyMarker: string, uploadIdMarker: string): boolean {
  const order = Buffer.compare(Buffer.from(key), Buffer.from(keyMarker));
  return order > 0 || (order === 0 && uploadIdMarker !== '' && uploadId > uploadIdMarker);
}
