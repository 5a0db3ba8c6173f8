import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { AwsError } from '../errors.ts';
import type { ServiceModel } from '../protocol/service-model.ts';
import { type ChunkSigner, decodeAwsChunked } from './aws-chunked.ts';
import { RequestBody } from './request-body.ts';

/** Bytes of a buffered body, by protocol: Lambda's is a 50 MB zip in base64, S3's a list of 10,000 parts. */
const MAX_BUFFERED_BYTES: Readonly<Record<ServiceModel['protocol'], number>> = {
  restJson1: 70 * 1024 * 1024,
  restXml: 8 * 1024 * 1024,
  // DynamoDB's batches are the largest, with 16 MB.
  awsJson1_0: 17 * 1024 * 1024,
  awsJson1_1: 8 * 1024 * 1024,
  awsQuery: 1024 * 1024,
  rpcV2Cbor: 1024 * 1024,
};

/** A client that sends nothing for this long in the middle of a body is cut off. */
const BODY_IDLE_MS = 60_000;

/** All bytes of a body that must be whole before it means anything. */
export async function bufferBody(message: IncomingMessage, { protocol }: ServiceModel): Promise<Buffer> {
  const limitBytes = MAX_BUFFERED_BYTES[protocol];
  const tooLarge = () =>
    protocol === 'restXml'
      ? new AwsError(
          'MaxMessageLengthExceeded',
          `Your request was too big: at most ${limitBytes} bytes.`,
          400,
        )
      : new AwsError(
          'RequestEntityTooLargeException',
          `The request body must be at most ${limitBytes} bytes.`,
          413,
        );
  const whole = await readWhole(message, limitBytes);
  if (whole === undefined) throw tooLarge();
  return whole;
}

/** All bytes, or undefined as soon as they are known to be more than limitBytes. */
export async function readWhole(message: IncomingMessage, limitBytes: number): Promise<Buffer | undefined> {
  const announced = message.headers['content-length'];
  if (announced !== undefined && Number(announced) > limitBytes) return undefined;
  // A request that says nothing of a body has none.
  const isChunked = message.headers['transfer-encoding'] !== undefined;
  if (announced === '0' || (announced === undefined && !isChunked)) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of rawBody(message)) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, sizeBytes);
}

/** A streaming body, checked while it is read in the way that its x-amz-content-sha256 names. */
export function streamBody(
  message: IncomingMessage,
  payloadHash: string,
  signer: ChunkSigner | undefined,
): RequestBody {
  if (isFramed(payloadHash)) return unframed(rawBody(message), message.headers, payloadHash, signer);
  const sizeBytes = wholeNumber(message.headers['content-length']);
  const bytes = rawBody(message);
  return new RequestBody(payloadHash === 'UNSIGNED-PAYLOAD' ? bytes : hashed(bytes, payloadHash), sizeBytes);
}

/**
 * A body that was read whole, out of its aws-chunked frame if it has one, and the headers with the checksums that followed it.
 */
export async function unframeBuffered(
  buffered: Buffer,
  headers: IncomingHttpHeaders,
  payloadHash: string,
  signer: ChunkSigner | undefined,
): Promise<{ readonly body: Uint8Array; readonly headers: IncomingHttpHeaders }> {
  if (!isFramed(payloadHash)) return { body: buffered, headers };
  const stream = unframed(Readable.from([buffered]), headers, payloadHash, signer);
  const body = await buffer(stream);
  const checksums = [...stream.trailers].filter(([name]) => name.startsWith('x-amz-checksum-'));
  return { body, headers: { ...Object.fromEntries(checksums), ...headers, 'x-amz-trailer': undefined } };
}

function isFramed(payloadHash: string): boolean {
  return payloadHash.startsWith('STREAMING-');
}

function unframed(
  source: AsyncIterable<Uint8Array>,
  headers: IncomingHttpHeaders,
  payloadHash: string,
  signer: ChunkSigner | undefined,
): RequestBody {
  const signed = payloadHash.startsWith('STREAMING-AWS4-HMAC-SHA256-PAYLOAD');
  const sizeBytes = wholeNumber(headers['x-amz-decoded-content-length']?.toString());
  const trailers = new Map<string, string>();
  const decoded = decodeAwsChunked(source, trailers, signed ? signer : undefined);
  return new RequestBody(
    sizeBytes === undefined ? decoded : exactly(decoded, sizeBytes),
    sizeBytes,
    trailers,
  );
}

/** What x-amz-content-sha256 may say; anything else is refused before a byte is read. */
export function checkPayloadHash(payloadHash: string): void {
  const known =
    /^[0-9a-f]{64}$/.test(payloadHash) ||
    payloadHash === 'UNSIGNED-PAYLOAD' ||
    payloadHash === 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' ||
    payloadHash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD' ||
    payloadHash === 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER';
  if (!known) {
    throw new AwsError(
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
      400,
      { ArgumentName: 'x-amz-content-sha256', ArgumentValue: payloadHash },
    );
  }
}

export function contentHashMismatch(expected: string, actual: string): AwsError {
  return new AwsError(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    400,
    { ClientComputedContentSHA256: expected, S3ComputedContentSHA256: actual },
  );
}

async function* rawBody(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  const { socket } = message;
  const onIdle = () => {
    message.destroy(
      new AwsError(
        'RequestTimeout',
        'Your socket connection to the server was not read from or written to within the timeout period.',
        400,
      ),
    );
  };
  socket.setTimeout(BODY_IDLE_MS, onIdle);
  try {
    // The request must outlive an iteration that ends early: its answer still travels on the same socket.
    for await (const chunk of message.iterator({ destroyOnReturn: false })) {
      yield chunk;
    }
  } catch (cause) {
    if (cause instanceof AwsError) throw cause;
    throw new AwsError(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
      400,
      {},
      { cause },
    );
  } finally {
    socket.setTimeout(0);
    socket.off('timeout', onIdle);
  }
}

async function* hashed(source: AsyncIterable<Uint8Array>, expected: string): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
  const actual = hash.digest('hex');
  if (actual !== expected) throw contentHashMismatch(expected, actual);
}

async function* exactly(source: AsyncIterable<Uint8Array>, sizeBytes: number): AsyncGenerator<Uint8Array> {
  let seen = 0;
  for await (const chunk of source) {
    seen += chunk.byteLength;
    if (seen > sizeBytes) break;
    yield chunk;
  }
  if (seen !== sizeBytes) {
    throw new AwsError(
      'IncompleteBody',
      `The body must have the ${sizeBytes} bytes of x-amz-decoded-content-length.`,
      400,
    );
  }
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
