import { createHash } from 'node:crypto';
import type {
  CompletedPart,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
} from '@aws-sdk/client-s3';
import { AwsError, malformedXml } from '../../errors.ts';
import { startChecksum } from '../../protocol/checksum.ts';
import type { Operation, RequestContext } from '../../server/service.ts';
import type { CompletedUpload } from './completed-uploads.ts';
import { invalidRequest, noSuchUpload } from './errors.ts';
import { findUpload } from './multipart-upload.ts';
import { type Address, originOf, readAddress } from './names.ts';
import { checksumMember, checksumMembers } from './object-headers.ts';
import { checkWriteConditions, checkWriteConditionsForm, etagEquals, unquoted } from './preconditions.ts';
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
    const listed = listedParts(input);
    try {
      return describe(state, await complete(state, address, input, listed, context));
    } catch (error) {
      // Asked for again by a client that lost the answer: it is done already, and this is what it came to.
      const earlier =
        error instanceof AwsError
          ? state.completedUploads.find(input.UploadId ?? '', address, fingerprint(listed))
          : undefined;
      if (earlier === undefined) throw error;
      return describe(state, earlier);
    }
  };
}

async function complete(
  state: S3State,
  address: Address,
  input: CompleteMultipartUploadRequest,
  listed: readonly CompletedPart[],
  context: RequestContext,
): Promise<CompletedUpload> {
  const { bucket, key } = address;
  const upload = findUpload(state, address, input.UploadId);
  // Now, before gigabytes are joined in vain, and again in the transaction that decides.
  checkConditions(input, upload, state.objects.get(bucket, key));
  const parts = chooseParts(listed, upload, state.uploads.parts(upload.uploadId));
  const joined = await state.blobs.receive(joinParts(state, parts), upload.checksumAlgorithm);
  return state.receiving(address, joined.blobId, async () => {
    const checksum = await objectChecksum(upload, parts, joined.checksum);
    checkObjectChecksum(input, checksum);
    checkObjectSize(input, joined.sizeBytes);
    const completed = { address, etag: joinedEtag(parts), checksum };
    const object: StoredObject = {
      key,
      blobId: joined.blobId,
      sizeBytes: joined.sizeBytes,
      etag: completed.etag,
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
      () => {
        state.uploads.delete(upload.uploadId);
        const nowMs = state.environment.clock.now();
        state.completedUploads.put(upload.uploadId, fingerprint(listed), completed, nowMs);
      },
    );
    for (const { blobId } of unused) await state.blobs.remove(blobId);
    return completed;
  });
}

function describe(
  state: S3State,
  { address: { bucket, key }, etag, checksum }: CompletedUpload,
): CompleteMultipartUploadOutput {
  return {
    Bucket: bucket,
    Key: key,
    Location: `${state.environment.endpoint()}/${bucket}/${encodeURIComponent(key)}`,
    ETag: `"${etag}"`,
    ServerSideEncryption: 'AES256',
    ...checksumMembers(checksum),
  };
}

function listedParts(input: CompleteMultipartUploadRequest): readonly CompletedPart[] {
  const listed = input.MultipartUpload?.Parts ?? [];
  if (listed.length === 0) throw malformedXml();
  return listed;
}

/** Tells one list of parts from another, however their ETags are quoted. */
function fingerprint(listed: readonly CompletedPart[]): string {
  return JSON.stringify(listed.map(({ PartNumber, ETag = '' }) => [PartNumber, unquoted(ETag)]));
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
  listed: readonly CompletedPart[],
  upload: Upload,
  uploaded: readonly UploadedPart[],
): UploadedPart[] {
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

function checkObjectSize({ MpuObjectSize }: CompleteMultipartUploadRequest, sizeBytes: number): void {
  if (MpuObjectSize === undefined || MpuObjectSize === sizeBytes) return;
  throw invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${MpuObjectSize} does not match what was computed: ${sizeBytes}`,
  );
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
