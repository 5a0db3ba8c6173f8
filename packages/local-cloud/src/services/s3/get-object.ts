import type { FileHandle } from 'node:fs/promises';
import type { GetObjectRequest, HeadObjectRequest } from '@aws-sdk/client-s3';
import { AwsError } from '../../errors.ts';
import type { Operation } from '../../server/service.ts';
import { type ByteRange, contentRange, readRange } from './byte-range.ts';
import { invalidArgument, noSuchKey, refuseVersion } from './errors.ts';
import { type Address, readAddress } from './names.ts';
import { describeObject } from './object-headers.ts';
import { checkReadConditions } from './preconditions.ts';
import type { S3State } from './s3-state.ts';
import type { StoredObject } from './stored-object.ts';

/** Up to this size an object is answered from memory; beyond it streams, so that memory does not grow with the object. */
const BUFFERED_BYTES = 1024 * 1024;

type Output = Record<string, unknown>;

export function headObject(state: S3State): Operation<HeadObjectRequest, Output> {
  return async (input) => {
    const address = readAddress(state, input);
    refuseVersion(input.VersionId);
    const object = state.objects.get(address.bucket, address.key);
    if (object === undefined) throw noSuchKey(address.key);
    return describeRead(state, object, input).output;
  };
}

export function getObject(state: S3State): Operation<GetObjectRequest, Output> {
  return async (input) => {
    const address = readAddress(state, input);
    refuseVersion(input.VersionId);
    const { object, file } = await openObject(state, address);
    try {
      const { output, range } = describeRead(state, object, input);
      const sizeBytes = range.last - range.first + 1;
      if (sizeBytes <= BUFFERED_BYTES) {
        const body = await readBytes(file, range.first, sizeBytes);
        await file.close();
        return { ...output, Body: body };
      }
      return {
        ...output,
        Body: file.createReadStream({ start: range.first, end: range.last, highWaterMark: 256 * 1024 }),
      };
    } catch (error) {
      await file.close();
      throw error;
    }
  };
}

/** A row and its open blob. Between the two the object may be replaced and its blob deleted: then the new row is read. */
export async function openObject(
  state: S3State,
  { bucket, key }: Address,
): Promise<{ object: StoredObject; file: FileHandle }> {
  let previous: string | undefined;
  for (;;) {
    const object = state.objects.get(bucket, key);
    if (object === undefined) throw noSuchKey(key);
    if (object.blobId === previous)
      throw new Error(`The bytes of an object in ${bucket} are missing from the state folder.`);
    const file = await state.blobs.open(object.blobId);
    if (file !== undefined) return { object, file };
    previous = object.blobId;
  }
}

export async function readBytes(file: FileHandle, position: number, sizeBytes: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(sizeBytes);
  for (let done = 0; done < sizeBytes; ) {
    const { bytesRead } = await file.read(bytes, done, sizeBytes - done, position + done);
    if (bytesRead === 0) throw new Error('A blob is shorter than its row says.');
    done += bytesRead;
  }
  return bytes;
}

/** Conditions, range and headers: what GET and HEAD share. */
function describeRead(
  state: S3State,
  object: StoredObject,
  input: GetObjectRequest | HeadObjectRequest,
): { output: Output; range: ByteRange } {
  checkReadConditions(input, object, state.environment.clock.now());
  const range =
    input.PartNumber === undefined
      ? readRange(input.Range, object.sizeBytes)
      : partRange(object, input.PartNumber, input.Range);
  const whole = { first: 0, last: object.sizeBytes - 1 };
  const served = range ?? whole;
  return {
    range: served,
    output: {
      ...describeObject(object, input, range === undefined),
      ContentLength: served.last - served.first + 1,
      ...(range === undefined ? {} : { ContentRange: contentRange(range, object.sizeBytes) }),
      ...(input.PartNumber === undefined || object.parts === undefined
        ? {}
        : { PartsCount: object.parts.length }),
    },
  };
}

function partRange(
  object: StoredObject,
  partNumber: number,
  rangeHeader: string | undefined,
): ByteRange | undefined {
  if (rangeHeader !== undefined) {
    throw new AwsError(
      'InvalidRequest',
      'Cannot specify both Range header and partNumber query parameter',
      400,
    );
  }
  if (!(partNumber >= 1 && partNumber <= 10_000)) {
    throw invalidArgument(
      'Part number must be an integer between 1 and 10000, inclusive',
      'partNumber',
      String(partNumber),
    );
  }
  const parts = object.parts ?? [{ partNumber: 1, sizeBytes: object.sizeBytes, checksum: '' }];
  const part = parts[partNumber - 1];
  if (part === undefined) {
    throw new AwsError('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416, {
      ActualPartCount: parts.length,
      PartNumberRequested: partNumber,
    });
  }
  if (part.sizeBytes === 0) return undefined;
  const first = parts.slice(0, partNumber - 1).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return { first, last: first + part.sizeBytes - 1 };
}
