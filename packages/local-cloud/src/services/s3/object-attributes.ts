import type { GetObjectAttributesOutput, GetObjectAttributesRequest } from '@aws-sdk/client-s3';
import type { Operation } from '../../server/service.ts';
import { invalidArgument, noSuchKey, refuseVersion } from './errors.ts';
import { readPartNumberMarker } from './list-uploads.ts';
import { readAddress } from './names.ts';
import { checksumMembers } from './object-headers.ts';
import type { S3State } from './s3-state.ts';
import type { StoredObject } from './stored-object.ts';

const DEFAULT_PARTS = 1000;

export function getObjectAttributes(
  state: S3State,
): Operation<GetObjectAttributesRequest, GetObjectAttributesOutput> {
  return async (input) => {
    const { bucket, key } = readAddress(state, input);
    refuseVersion(input.VersionId);
    const object = state.objects.get(bucket, key);
    if (object === undefined) throw noSuchKey(key);
    const output: Record<string, unknown> = { LastModified: new Date(object.lastModifiedMs) };
    for (const name of input.ObjectAttributes ?? []) {
      switch (name) {
        case 'ETag':
          output['ETag'] = object.etag;
          break;
        case 'ObjectSize':
          output['ObjectSize'] = object.sizeBytes;
          break;
        case 'StorageClass':
          output['StorageClass'] = 'STANDARD';
          break;
        case 'Checksum':
          output['Checksum'] = checksumMembers(object.checksum);
          break;
        case 'ObjectParts':
          if (object.parts !== undefined) output['ObjectParts'] = describeParts(object, object.parts, input);
          break;
        default:
          throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', String(name));
      }
    }
    return output;
  };
}

function describeParts(
  object: StoredObject,
  parts: NonNullable<StoredObject['parts']>,
  { MaxParts = DEFAULT_PARTS, PartNumberMarker }: GetObjectAttributesRequest,
) {
  const marker = readPartNumberMarker(PartNumberMarker);
  const after = parts.filter(({ partNumber }) => partNumber > marker);
  const page = after.slice(0, MaxParts);
  return {
    TotalPartsCount: parts.length,
    PartNumberMarker: String(marker),
    MaxParts,
    IsTruncated: after.length > page.length,
    NextPartNumberMarker: String(page.at(-1)?.partNumber ?? 0),
    // S3 remembers single parts only where their checksums make up the whole's.
    ...(object.checksum.type === 'COMPOSITE'
      ? {
          Parts: page.map(({ partNumber, sizeBytes, checksum }) => ({
            PartNumber: partNumber,
            Size: sizeBytes,
            [`Checksum${object.checksum.algorithm}`]: checksum,
          })),
        }
      : {}),
  };
}
