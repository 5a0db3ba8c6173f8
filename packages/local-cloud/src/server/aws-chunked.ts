import { createHash } from 'node:crypto';
import { AwsError } from '../errors.ts';
import { EMPTY_SHA256, hmac, sameHex, sha256Hex } from './sigv4.ts';

/** What the signature of the first chunk continues from. */
export interface ChunkSigner {
  readonly signingKey: Uint8Array;
  readonly amzDate: string;
  readonly scope: string;
  readonly seedSignature: string;
}

/** Longest chunk header or trailer line that is read; AWS's own are under 200 bytes. */
const MAX_LINE_BYTES = 8192;
const MAX_TRAILERS = 16;

/**
 * Takes the aws-chunked frame off a body: `size;chunk-signature=...`, bytes, and so on to an empty chunk and the
 * trailers, which are added to `trailers`. With a signer every chunk's signature is verified.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  trailers: Map<string, string>,
  signer: ChunkSigner | undefined,
): AsyncGenerator<Uint8Array> {
  const reader = new ByteReader(source);
  let previous = signer?.seedSignature ?? '';
  for (;;) {
    const header = await reader.line();
    const [, hexSize, signature] =
      /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(header) ?? [];
    if (hexSize === undefined) throw malformed(`a chunk header, found '${header.slice(0, 80)}'`);
    const sizeBytes = Number.parseInt(hexSize, 16);
    const hash = signer === undefined ? undefined : createHash('sha256');
    for (let left = sizeBytes; left > 0; ) {
      const bytes = await reader.some(left);
      left -= bytes.byteLength;
      hash?.update(bytes);
      yield bytes;
    }
    if (signer !== undefined && hash !== undefined) {
      previous = checkSignature(signer, signature, `AWS4-HMAC-SHA256-PAYLOAD`, [
        previous,
        EMPTY_SHA256,
        hash.digest('hex'),
      ]);
    }
    if (sizeBytes === 0) break;
    if ((await reader.line()) !== '') throw malformed('a line end after the bytes of a chunk');
  }
  await readTrailers(reader, trailers, signer, previous);
}

async function readTrailers(
  reader: ByteReader,
  trailers: Map<string, string>,
  signer: ChunkSigner | undefined,
  previous: string,
): Promise<void> {
  let signed = '';
  let signature: string | undefined;
  for (;;) {
    const line = await reader.lineOrEnd();
    if (line === undefined) break;
    if (line === '') {
      if ((await reader.lineOrEnd()) !== undefined) throw malformed('nothing after the last chunk');
      break;
    }
    const colon = line.indexOf(':');
    if (colon === -1 || trailers.size >= MAX_TRAILERS)
      throw malformed(`a trailer, found '${line.slice(0, 80)}'`);
    const name = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (name === 'x-amz-trailer-signature') signature = value;
    else {
      trailers.set(name, value);
      signed += `${name}:${value}\n`;
    }
  }
  if (signer !== undefined && (trailers.size > 0 || signature !== undefined)) {
    checkSignature(signer, signature, 'AWS4-HMAC-SHA256-TRAILER', [previous, sha256Hex(signed)]);
  }
}

function checkSignature(
  signer: ChunkSigner,
  given: string | undefined,
  algorithm: string,
  parts: readonly string[],
): string {
  const expected = hmac(
    signer.signingKey,
    [algorithm, signer.amzDate, signer.scope, ...parts].join('\n'),
  ).toString('hex');
  if (given === undefined || !sameHex(given, expected)) {
    throw new AwsError(
      'SignatureDoesNotMatch',
      'The chunk signature we calculated does not match the signature you provided. Check your key and signing method.',
      403,
    );
  }
  return expected;
}

function malformed(expected: string): AwsError {
  return new AwsError('IncompleteBody', `The aws-chunked body is malformed: expected ${expected}.`, 400);
}

/** Lines and byte runs out of a stream of buffers. */
class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #buffer: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** At least one byte, at most `limit`. */
  async some(limit: number): Promise<Uint8Array> {
    if (this.#buffer.length === 0 && !(await this.#more())) throw malformed(`${limit} more bytes`);
    const bytes = this.#buffer.subarray(0, limit);
    this.#buffer = this.#buffer.subarray(bytes.length);
    return bytes;
  }

  async line(): Promise<string> {
    const line = await this.lineOrEnd();
    if (line === undefined) throw malformed('another chunk');
    return line;
  }

  /** undefined at the end of the stream. Chunk framing ends lines with CRLF; a bare LF is data. */
  async lineOrEnd(): Promise<string | undefined> {
    for (;;) {
      const end = this.#buffer.indexOf('\r\n');
      if (end !== -1) {
        const line = this.#buffer.toString('latin1', 0, end);
        this.#buffer = this.#buffer.subarray(end + 2);
        return line;
      }
      if (this.#buffer.length > MAX_LINE_BYTES) throw malformed(`a line of at most ${MAX_LINE_BYTES} bytes`);
      if (!(await this.#more())) {
        if (this.#buffer.length === 0) return undefined;
        throw malformed('a line end');
      }
    }
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.next();
    if (next.done === true) return false;
    const bytes = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
    this.#buffer = this.#buffer.length === 0 ? bytes : Buffer.concat([this.#buffer, bytes]);
    return true;
  }
}
