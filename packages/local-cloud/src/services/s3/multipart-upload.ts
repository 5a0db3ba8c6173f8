import { randomBytes } from 'node:crypto';
import type {
  AbortMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  UploadPartCopyOutput,
  UploadPartCopyRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  readDeclaredChecksum,
} from '../../protocol/checksum.ts';
import type { Operation } from '../../server/service.ts';
import { transaction } from '../../storage/transaction.ts';
import type { ReceivedBlob } from './blob-store.ts';
import { readRange } from './byte-range.ts';
import { openCopySource } from './copy-source.ts';
import { invalidArgument, invalidRequest, noSuchUpload } from './errors.ts';
import { type Address, readAddress } from './names.ts';
import { readObjectHeaders } from './object-headers.ts';
import { DEFAULT_ALGORITHM, MAX_UPLOAD_BYTES, receiveObject } from './receive-object.ts';
import type { S3State } from './s3-state.ts';
import { type ChecksumType, checksumTypeSchema } from './stored-object.ts';
import type { Upload } from './upload-table.ts';

const MAX_PART_NUMBER = 10_000;

/** What S3 can make of part checksums: a CRC of all bytes, or a checksum of checksums. The first is the default. */
const CHECKSUM_TYPES: Readonly<Record<ChecksumAlgorithm, readonly [ChecksumType, ...ChecksumType[]]>> = {
  CRC32: ['COMPOSITE', 'FULL_OBJECT'],
  CRC32C: ['COMPOSITE', 'FULL_OBJECT'],
  CRC64NVME: ['FULL_OBJECT'],
  SHA1: ['COMPOSITE'],
  SHA256: ['COMPOSITE'],
};

export function createMultipartUpload(
  state: S3State,
): Operation<CreateMultipartUploadRequest, CreateMultipartUploadOutput> {
  return async (input, context) => {
    const { bucket, key } = readAddress(state, input);
    const declared = readAlgorithm(input.ChecksumAlgorithm);
    const checksumAlgorithm = declared ?? DEFAULT_ALGORITHM;
    const checksumType = readChecksumType(checksumAlgorithm, input.ChecksumType);
    const upload: Upload = {
      uploadId: randomBytes(32).toString('hex'),
      bucket,
      key,
      initiatedMs: state.environment.clock.now(),
      checksumAlgorithm,
      checksumType,
      checksumDeclared: declared !== undefined,
      headers: readObjectHeaders(input, context),
      overtaken: false,
    };
    state.uploads.put(upload);
    return {
      Bucket: bucket,
      Key: key,
      UploadId: upload.uploadId,
      ServerSideEncryption: 'AES256',
      ...(declared === undefined ? {} : { ChecksumAlgorithm: declared, ChecksumType: checksumType }),
    };
  };
}

export function uploadPart(state: S3State): Operation<UploadPartRequest, UploadPartOutput> {
  return async (input, context) => {
    const address = readAddress(state, input);
    const partNumber = readPartNumber(input.PartNumber);
    const upload = findUpload(state, address, input.UploadId);
    const declared = readDeclaredChecksum(context.headers);
    if (
      declared !== undefined &&
      upload.checksumDeclared &&
      declared.algorithm !== upload.checksumAlgorithm
    ) {
      throw invalidRequest(
        `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksumAlgorithm.toLowerCase()}, actual checksum Type: ${declared.algorithm.toLowerCase()}`,
      );
    }
    const received = await receiveObject(state, input.Body, context, upload.checksumAlgorithm);
    await keepPart(state, upload, partNumber, received, received.algorithm === upload.checksumAlgorithm);
    return {
      ETag: `"${received.md5}"`,
      ServerSideEncryption: 'AES256',
      ...(declared !== undefined || upload.checksumDeclared
        ? { [`Checksum${received.algorithm}`]: received.checksum }
        : {}),
    };
  };
}

export function uploadPartCopy(state: S3State): Operation<UploadPartCopyRequest, UploadPartCopyOutput> {
  return async (input) => {
    const address = readAddress(state, input);
    const partNumber = readPartNumber(input.PartNumber);
    const upload = findUpload(state, address, input.UploadId);
    const { object, file } = await openCopySource(state, input);
    try {
      const range = readSourceRange(input.CopySourceRange, object.sizeBytes);
      const source = file.createReadStream({
        autoClose: false,
        ...(range === undefined ? {} : { start: range.first, end: range.last }),
      });
      const received = await state.blobs.receive(source, upload.checksumAlgorithm, MAX_UPLOAD_BYTES);
      const lastModifiedMs = await keepPart(state, upload, partNumber, received, true);
      return {
        ServerSideEncryption: 'AES256',
        CopyPartResult: {
          ETag: `"${received.md5}"`,
          LastModified: new Date(lastModifiedMs),
          ...(upload.checksumDeclared ? { [`Checksum${upload.checksumAlgorithm}`]: received.checksum } : {}),
        },
      };
    } finally {
      await file.close();
    }
  };
}

export function abortMultipartUpload(
  state: S3State,
): Operation<AbortMultipartUploadRequest, Record<string, never>> {
  return async (input) => {
    const { uploadId } = findUpload(state, readAddress(state, input), input.UploadId);
    const parts = transaction(state.environment.database, () => {
      const found = state.uploads.parts(uploadId);
      state.uploads.delete(uploadId);
      return found;
    });
    for (const { blobId } of parts) await state.blobs.remove(blobId);
    return {};
  };
}

export function findUpload(state: S3State, { bucket, key }: Address, uploadId: string | undefined): Upload {
  const upload = state.uploads.get(uploadId ?? '');
  if (upload === undefined || upload.bucket !== bucket || upload.key !== key)
    throw noSuchUpload(uploadId ?? '');
  return upload;
}

/** Puts a part in its place, unless the upload ended while its bytes came in. */
async function keepPart(
  state: S3State,
  { uploadId }: Upload,
  partNumber: number,
  received: ReceivedBlob,
  checksumIsUploads: boolean,
): Promise<number> {
  const lastModifiedMs = state.modificationTimeMs();
  let obsolete = received.blobId;
  try {
    const replaced = transaction(state.environment.database, () => {
      if (state.uploads.get(uploadId) === undefined) throw noSuchUpload(uploadId);
      const previous = state.uploads.part(uploadId, partNumber);
      state.uploads.putPart(uploadId, {
        partNumber,
        blobId: received.blobId,
        sizeBytes: received.sizeBytes,
        etag: received.md5,
        checksum: checksumIsUploads ? received.checksum : '',
        lastModifiedMs,
      });
      return previous;
    });
    obsolete = replaced?.blobId ?? '';
  } finally {
    if (obsolete !== '') await state.blobs.remove(obsolete);
  }
  return lastModifiedMs;
}

function readAlgorithm(given: string | undefined): ChecksumAlgorithm | undefined {
  if (given === undefined) return undefined;
  const algorithm = CHECKSUM_ALGORITHMS.find((name) => name === given);
  if (algorithm === undefined) {
    throw invalidRequest(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
  }
  return algorithm;
}

function readChecksumType(algorithm: ChecksumAlgorithm, given: string | undefined): ChecksumType {
  const possible = CHECKSUM_TYPES[algorithm];
  if (given === undefined) return possible[0];
  const type = checksumTypeSchema.safeParse(given).data;
  if (type === undefined || !possible.includes(type)) {
    throw invalidRequest(
      `The ${given} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return type;
}

function readPartNumber(given: number | undefined): number {
  if (given !== undefined && given >= 1 && given <= MAX_PART_NUMBER) return given;
  throw invalidArgument(
    `Part number must be an integer between 1 and ${MAX_PART_NUMBER}, inclusive`,
    'partNumber',
    String(given),
  );
}

function readSourceRange(header: string | undefined, sizeBytes: number) {
  if (header === undefined) return undefined;
  const [, , last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  const range = last === undefined || Number(last) >= sizeBytes ? undefined : readRange(header, sizeBytes);
  if (range === undefined) {
    throw invalidArgument(
      `Range specified is not valid for source object of size: ${sizeBytes}. Expected bytes=first-last within it.`,
      'x-amz-copy-source-range',
      header,
    );
  }
  return range;
}
