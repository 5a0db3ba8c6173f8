import { createHash } from 'node:crypto';
import type {
  CompletedPart,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
} from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import { startChecksum } from '../../protocol/checksum.ts';
import type { Operation } from '../../server/service.ts';
import { invalidRequest, noSuchUpload } from './errors.ts';
import { findUpload } from './multipart-upload.ts';
import { originOf, readAddress } from './names.ts';
import { checksumMember, checksumMembers } from './object-headers.ts';
import { checkWriteConditions, checkWriteConditionsForm, etagEquals } from './preconditions.ts';
import type { S3State } from './s3-state.ts';
import type { StoredChecksum, StoredObject } from './stored-object.ts';
import type { Upload, UploadedPart } from './upload-table.ts';

/** Every part but the last has at least this size. */
const MIN_PART_BYTES = 5 * 1024 * 1024;

export function completeMultipartUpload(
  state: S3State,
): Operation<CompleteMultipartUploadRequest, CompleteMultipartUploadOutput> {
  return async (input, context) => {
    const address = readAddress(state, input);
    checkWriteConditionsForm(input);
    const upload = findUpload(state, address, input.UploadId);
    const { bucket, key } = address;
    // Now, before gigabytes are joined in vain, and again in the transaction that decides.
    checkConditions(input, upload, state.objects.get(bucket, key));
    const parts = chooseParts(input, upload, state.uploads.parts(upload.uploadId));
    const joined = await state.blobs.receive(joinParts(state, parts), upload.checksumAlgorithm);
    return state.receiving(address, joined.blobId, async () => {
      const checksum = await objectChecksum(upload, parts, joined.checksum);
      checkObjectChecksum(input, checksum);
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== joined.sizeBytes) {
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${joined.sizeBytes}`,
        );
      }
      const object: StoredObject = {
        key,
        blobId: joined.blobId,
        sizeBytes: joined.sizeBytes,
        etag: joinedEtag(parts),
        lastModifiedMs: state.modificationTimeMs(),
        checksum,
        headers: upload.headers,
        parts: parts.map(({ sizeBytes, checksum: value }, index) => ({
          partNumber: index + 1,
          sizeBytes,
          checksum: value,
        })),
      };
      let unused: UploadedPart[] = [];
      await state.commitObject(
        bucket,
        object,
        'ObjectCreated:CompleteMultipartUpload',
        originOf(state, context),
        (existing) => {
          const current = state.uploads.get(upload.uploadId);
          if (current === undefined) throw noSuchUpload(upload.uploadId);
          checkConditions(input, current, existing);
          unused = state.uploads.parts(upload.uploadId);
          for (const { blobId } of parts) {
            if (!unused.some((part) => part.blobId === blobId)) throw invalidPart();
          }
        },
        () => state.uploads.delete(upload.uploadId),
      );
      for (const { blobId } of unused) await state.blobs.remove(blobId);
      return {
        Bucket: bucket,
        Key: key,
        Location: `${state.environment.endpoint()}/${bucket}/${encodeURIComponent(key)}`,
        ETag: `"${object.etag}"`,
        ServerSideEncryption: 'AES256',
        ...checksumMembers(checksum),
      };
    });
  };
}

/** The condition itself comes first; one that holds still conflicts with a write that came after the upload began (recorded). */
function checkConditions(
  input: CompleteMultipartUploadRequest,
  upload: Upload,
  existing: StoredObject | undefined,
): void {
  checkWriteConditions(input, upload.key, existing);
  const condition =
    input.IfMatch !== undefined ? 'If-Match' : input.IfNoneMatch !== undefined ? 'If-None-Match' : undefined;
  if (condition !== undefined && upload.overtaken) {
    throw new AwsError(
      'ConditionalRequestConflict',
      'The conditional request cannot succeed due to a conflicting operation against this resource.',
      409,
      { Condition: condition, Key: upload.key },
    );
  }
}

function chooseParts(
  input: CompleteMultipartUploadRequest,
  upload: Upload,
  uploaded: readonly UploadedPart[],
): UploadedPart[] {
  const listed = input.MultipartUpload?.Parts ?? [];
  if (listed.length === 0) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      400,
    );
  }
  const byNumber = new Map(uploaded.map((part) => [part.partNumber, part]));
  let previous = 0;
  const chosen = listed.map((named) => {
    const { PartNumber = 0, ETag = '' } = named;
    if (PartNumber <= previous) {
      throw new AwsError(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
        400,
        {
          UploadId: upload.uploadId,
        },
      );
    }
    previous = PartNumber;
    const part = byNumber.get(PartNumber);
    if (part === undefined || !etagEquals(ETag, part.etag)) throw invalidPart();
    checkPartChecksum(named, upload, part);
    return part;
  });
  for (const { partNumber, sizeBytes, etag } of chosen.slice(0, -1)) {
    if (sizeBytes < MIN_PART_BYTES) {
      throw new AwsError(
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed size',
        400,
        {
          ProposedSize: sizeBytes,
          MinSizeAllowed: MIN_PART_BYTES,
          PartNumber: partNumber,
          ETag: etag,
        },
      );
    }
  }
  return chosen;
}

function checkPartChecksum(named: CompletedPart, upload: Upload, part: UploadedPart): void {
  const given = checksumMember(named, upload.checksumAlgorithm);
  if (given === undefined) {
    if (upload.checksumType !== 'COMPOSITE') return;
    const name = upload.checksumAlgorithm.toLowerCase();
    throw invalidRequest(
      `The upload was created using a ${name} checksum. The complete request must include the checksum for each part. It was missing for part ${part.partNumber} in the request.`,
    );
  }
  if (part.checksum !== '' && given !== part.checksum) throw invalidPart();
}

async function* joinParts(state: S3State, parts: readonly UploadedPart[]): AsyncGenerator<Uint8Array> {
  for (const { blobId } of parts) {
    const file = await state.blobs.open(blobId);
    // Replaced by a later upload of the same part number since it was chosen.
    if (file === undefined) throw invalidPart();
    yield* file.createReadStream({ highWaterMark: 256 * 1024 });
  }
}

async function objectChecksum(
  upload: Upload,
  parts: readonly UploadedPart[],
  ofAllBytes: string,
): Promise<StoredChecksum> {
  const { checksumAlgorithm: algorithm, checksumType: type } = upload;
  if (type === 'FULL_OBJECT') return { algorithm, type, value: ofAllBytes };
  const composite = startChecksum(algorithm);
  for (const { checksum } of parts) composite.update(Buffer.from(checksum, 'base64'));
  return {
    algorithm,
    type,
    value: `${Buffer.from(await composite.digest()).toString('base64')}-${parts.length}`,
  };
}

function checkObjectChecksum(
  input: CompleteMultipartUploadRequest,
  { algorithm, type, value }: StoredChecksum,
): void {
  if (input.ChecksumType !== undefined && input.ChecksumType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const given = checksumMember(input, algorithm);
  const bare = value.replace(/-\d+$/, '');
  if (given !== undefined && given !== value && given !== bare) {
    throw new AwsError(
      'BadDigest',
      `The ${algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
      400,
    );
  }
}

/** The MD5 of the parts' MD5s, and their number. */
function joinedEtag(parts: readonly UploadedPart[]): string {
  const md5 = createHash('md5');
  for (const { etag } of parts) md5.update(Buffer.from(etag, 'hex'));
  return `${md5.digest('hex')}-${parts.length}`;
}

function invalidPart(): AwsError {
  return new AwsError(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
  );
}
