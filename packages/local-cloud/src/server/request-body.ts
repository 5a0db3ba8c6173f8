/**
 * The bytes of a streaming payload as the operation reads them: once, in order, already out of their aws-chunked frame.
 * Iteration throws an AwsError at the end if the bytes are not what the signature promised, so that a reader that
 * commits only after the last byte never keeps a forged body.
 */
export class RequestBody implements AsyncIterable<Uint8Array> {
  /** Bytes to come, as the client announced them; undefined if it did not. */
  readonly sizeBytes: number | undefined;
  /** Headers that followed the body, lower-case names. Complete once the body has been read to its end. */
  readonly trailers: ReadonlyMap<string, string>;
  readonly #source: AsyncIterable<Uint8Array>;

  constructor(
    source: AsyncIterable<Uint8Array>,
    sizeBytes: number | undefined,
    trailers: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#source = source;
    this.sizeBytes = sizeBytes;
    this.trailers = trailers;
  }

  [Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
    return this.#source[Symbol.asyncIterator]();
  }
}
