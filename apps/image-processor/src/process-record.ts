import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { ImagingError, type ProcessedImage, processImage } from '@skyground/imaging';

import { type KeyedImage, outputKey, parseInputKey, partKey } from './keys.ts';
import type { Part } from './part.ts';
import type { Processing } from './processing.ts';
import { decodeEventKey, type S3EventRecord } from './s3-event.ts';
import type { Stopwatch } from './stopwatch.ts';

/** What a record's processing is given by the environment that it runs in. */
export interface RecordContext {
  readonly s3: S3Client;
  readonly outputBucket: string;
  readonly processing: Processing;
  readonly environmentId: string | null;
  readonly requestId: string;
  /** First invocation of this environment. */
  readonly cold: boolean;
  readonly stopwatch: Stopwatch;
  /** Larger objects are refused before they are read: the body and the decoded picture must fit the function's memory. */
  readonly maxInputBytes: number;
}

/** `ignored`: not an input of this tool. `superseded`: the object was overwritten; the later upload's event speaks. `duplicate`: delivered before. */
export type RecordOutcome = 'ignored' | 'superseded' | 'duplicate' | 'processed' | 'refused';

/**
 * One S3 event record: read, process, store the output, then the row. The row comes last and is written once, so that a row means
 * that its output is there, and a second delivery changes nothing.
 *
 * Only a permanent fault of the input becomes an error row. Anything else is thrown: Lambda tries again.
 */
export async function processRecord(record: S3EventRecord, context: RecordContext): Promise<RecordOutcome> {
  const key = decodeEventKey(record.s3.object.key);
  const image = parseInputKey(key);
  if (image === undefined) return 'ignored';
  const queueDelayMs = Math.max(0, context.stopwatch.startedAtMs - Date.parse(record.eventTime));

  const source = await readSource(record, key, image, context);
  if (source.status === 'superseded') return 'superseded';
  const result = source.status === 'read' ? await processSource(source, image, context) : source;
  const uploadMs = result.status === 'ok' ? await putOutput(image, result.processed, context) : null;

  const finishedAtMs = context.stopwatch.nowMs();
  const part: Part = {
    image: image.image,
    originalSizeBytes: result.originalSizeBytes,
    newSizeBytes: null,
    processingTimeMs: null,
    inputWidthPx: null,
    inputHeightPx: null,
    outputWidthPx: null,
    outputHeightPx: null,
    ...(result.status === 'ok' ? facts(result.processed) : {}),
    timestamp: new Date(finishedAtMs).toISOString(),
    source: 'cloud',
    runId: image.runId,
    // A retry has the request id of the first try and nothing else tells them apart here; the log's REPORT lines do.
    attempt: 1,
    status: result.status,
    error: result.status === 'ok' ? null : result.error,
    environmentId: context.environmentId,
    cold: context.cold,
    queueDelayMs,
    downloadMs: result.downloadMs,
    uploadMs,
    endToEndMs: Math.max(0, finishedAtMs - Date.parse(record.eventTime)),
    repetition: image.kind === 'input' ? image.repetition : 1,
    requestId: context.requestId,
    // Known to Lambda alone, after the invocation: joined from the REPORT line by request id.
    initMs: null,
    billedMs: null,
    memorySizeMb: null,
    maxMemoryUsedMb: null,
    schemaVersion: 1,
    key,
    sequencer: record.s3.object.sequencer,
  };
  const isFirst = await putPartOnce(partKey(image, part.sequencer), part, context);
  if (!isFirst) return 'duplicate';
  return result.status === 'ok' ? 'processed' : 'refused';
}

interface Refused {
  readonly status: 'error';
  readonly error: string;
  readonly originalSizeBytes: number | null;
  readonly downloadMs: number | null;
}

interface Read {
  readonly status: 'read';
  readonly body: Uint8Array;
  readonly originalSizeBytes: number;
  readonly downloadMs: number;
}

/** The version of the object that the event speaks of, or why there is none. */
async function readSource(
  record: S3EventRecord,
  key: string,
  image: KeyedImage,
  { s3, maxInputBytes }: RecordContext,
): Promise<Read | Refused | { readonly status: 'superseded' }> {
  const { bucket, object } = record.s3;
  if (object.size > maxInputBytes) return tooLarge(image, object.size, maxInputBytes);
  const startedMs = performance.now();
  try {
    const command = new GetObjectCommand({ Bucket: bucket.name, Key: key, IfMatch: quoted(object.eTag) });
    const { Body } = await s3.send(command);
    if (Body === undefined) throw new Error(`S3 gave no body for ${bucket.name}/${key}.`);
    const body = await Body.transformToByteArray();
    return {
      status: 'read',
      body,
      originalSizeBytes: body.byteLength,
      downloadMs: performance.now() - startedMs,
    };
  } catch (error) {
    if (error instanceof Error && error.name === 'PreconditionFailed') return { status: 'superseded' };
    if (error instanceof Error && error.name === 'NoSuchKey') {
      const reason = `missing: ${image.image}: expected the uploaded object but it was deleted before it could be read`;
      return { status: 'error', error: reason, originalSizeBytes: object.size, downloadMs: null };
    }
    throw error;
  }
}

function tooLarge(image: KeyedImage, sizeBytes: number, maxInputBytes: number): Refused {
  const reason = `${image.image}: expected at most ${maxInputBytes.toLocaleString('en')} bytes (a quarter of the function's memory) but received ${sizeBytes.toLocaleString('en')}`;
  return { status: 'error', error: `too-large: ${reason}`, originalSizeBytes: sizeBytes, downloadMs: null };
}

async function processSource(
  { body, originalSizeBytes, downloadMs }: Read,
  image: KeyedImage,
  { processing }: RecordContext,
): Promise<
  | Refused
  | {
      readonly status: 'ok';
      readonly processed: ProcessedImage;
      readonly originalSizeBytes: number;
      readonly downloadMs: number;
    }
> {
  try {
    const processed = await processImage(body, { ...processing, name: image.image });
    return { status: 'ok', processed, originalSizeBytes, downloadMs };
  } catch (error) {
    if (!(error instanceof ImagingError && error.permanent)) throw error;
    return { status: 'error', error: `${error.code}: ${error.message}`, originalSizeBytes, downloadMs };
  }
}

function facts({ input, output, processingTimeMs }: ProcessedImage): Partial<Part> {
  return {
    newSizeBytes: output.sizeBytes,
    processingTimeMs,
    inputWidthPx: input.widthPx,
    inputHeightPx: input.heightPx,
    outputWidthPx: output.widthPx,
    outputHeightPx: output.heightPx,
  };
}

/** Gives the milliseconds that it took. Same input, same bytes: writing it twice does no harm. */
async function putOutput(
  image: KeyedImage,
  { data }: ProcessedImage,
  { s3, outputBucket }: RecordContext,
): Promise<number> {
  const startedMs = performance.now();
  const command = new PutObjectCommand({
    Bucket: outputBucket,
    Key: outputKey(image),
    Body: data,
    ContentType: 'image/jpeg',
    // A run writes an output once; what a key holds never changes.
    CacheControl: 'private, max-age=31536000, immutable',
  });
  await s3.send(command);
  return performance.now() - startedMs;
}

const CONFLICT_ATTEMPTS = 3;

/** Gives false where the row is there already. */
async function putPartOnce(key: string, part: Part, { s3, outputBucket }: RecordContext): Promise<boolean> {
  const command = new PutObjectCommand({
    Bucket: outputBucket,
    Key: key,
    Body: JSON.stringify(part),
    ContentType: 'application/json',
    CacheControl: 'no-store',
    IfNoneMatch: '*',
  });
  for (let attempt = 1; ; attempt++) {
    try {
      await s3.send(command);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'PreconditionFailed') return false;
      // S3 says so while another write of this key is under way, and asks to try again.
      const isConflict = error instanceof Error && error.name === 'ConditionalRequestConflict';
      if (!isConflict || attempt === CONFLICT_ATTEMPTS) throw error;
    }
  }
}

function quoted(eTag: string): string {
  return eTag.startsWith('"') ? eTag : `"${eTag}"`;
}
