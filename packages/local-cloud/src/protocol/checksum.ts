import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { Crc32cNode, Crc64Nvme } from '@aws-sdk/checksums/crc';
import { AwsError } from '../errors.ts';

/** The checksums that S3 computes of an object (the httpChecksum trait of its model). */
export const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;
export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

const DIGEST_BYTES: Readonly<Record<ChecksumAlgorithm, number>> = {
  CRC32: 4,
  CRC32C: 4,
  CRC64NVME: 8,
  SHA1: 20,
  SHA256: 32,
};

export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  digest(): Promise<Uint8Array>;
}

export function startChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'CRC32':
      return new RunningCrc32();
    case 'CRC32C':
      return new Crc32cNode();
    case 'CRC64NVME':
      return new Crc64Nvme();
    case 'SHA1':
    case 'SHA256': {
      const hash = createHash(algorithm.toLowerCase());
      return { update: (bytes) => void hash.update(bytes), digest: async () => hash.digest() };
    }
  }
}

/** zlib's own, which is the CPU's: 40 times a table in JavaScript. */
class RunningCrc32 implements RunningChecksum {
  #value = 0;

  update(bytes: Uint8Array): void {
    this.#value = crc32(bytes, this.#value);
  }

  async digest(): Promise<Uint8Array> {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(this.#value);
    return digest;
  }
}

/** What a client says of the bytes it sends. The value is missing while it is still to come in a trailer. */
export interface DeclaredChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly headerName: string;
  readonly value: string | undefined;
}

export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

export function readDeclaredChecksum(headers: IncomingHttpHeaders): DeclaredChecksum | undefined {
  const given = Object.keys(headers).filter(
    (name) =>
      name.startsWith('x-amz-checksum-') &&
      !['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type'].includes(name),
  );
  const trailing = (headers['x-amz-trailer']?.toString().toLowerCase().split(',') ?? [])
    .map((name) => name.trim())
    .filter((name) => name.startsWith('x-amz-checksum-'));
  const [headerName, ...others] = [...given, ...trailing];
  if (others.length > 0) {
    throw new AwsError(
      'InvalidRequest',
      'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
      400,
    );
  }
  const announced = headers['x-amz-sdk-checksum-algorithm']?.toString();
  if (headerName === undefined) {
    if (announced === undefined) return undefined;
    throw new AwsError(
      'InvalidRequest',
      'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
      400,
    );
  }
  const algorithm = CHECKSUM_ALGORITHMS.find((name) => checksumHeader(name) === headerName);
  if (algorithm === undefined) {
    throw new AwsError(
      'NotImplemented',
      `${headerName} is not implemented: expected one of ${CHECKSUM_ALGORITHMS.join(', ')}.`,
      501,
      {
        Header: headerName,
      },
    );
  }
  const value = headers[headerName]?.toString();
  if (value !== undefined) checkFormat({ algorithm, headerName }, value);
  return { algorithm, headerName, value };
}

/** Compares what came with what was said, in the header or at last in the trailer. */
export function verifyChecksum(
  declared: DeclaredChecksum,
  trailers: ReadonlyMap<string, string> | undefined,
  actual: string,
): void {
  const { algorithm, headerName } = declared;
  const expected = declared.value ?? trailers?.get(headerName);
  if (expected === undefined) {
    throw new AwsError(
      'MalformedTrailerError',
      `The request contained trailing data that was not well-formed or did not conform to our published schema: expected the trailer ${headerName}.`,
      400,
    );
  }
  checkFormat(declared, expected);
  if (expected !== actual) {
    throw new AwsError(
      'BadDigest',
      `The ${algorithm} you specified did not match the calculated checksum.`,
      400,
    );
  }
}

/** Content-MD5 as hex; undefined where none was sent. */
export function readContentMd5(headers: IncomingHttpHeaders): string | undefined {
  const text = headers['content-md5']?.toString();
  if (text === undefined) return undefined;
  const digest = Buffer.from(text, 'base64');
  if (digest.length !== 16 || digest.toString('base64') !== text) {
    throw new AwsError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, {
      'Content-MD5': text,
    });
  }
  return digest.toString('hex');
}

export function verifyContentMd5(expectedHex: string | undefined, actualHex: string): void {
  if (expectedHex === undefined || expectedHex === actualHex) return;
  throw new AwsError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
    ExpectedDigest: expectedHex,
    CalculatedDigest: Buffer.from(actualHex, 'hex').toString('base64'),
  });
}

/** Bodies that are read whole (the XML of a batch delete) are held to the same words. */
export async function verifyBufferedBody(headers: IncomingHttpHeaders, body: Uint8Array): Promise<void> {
  const md5 = readContentMd5(headers);
  if (md5 !== undefined) verifyContentMd5(md5, createHash('md5').update(body).digest('hex'));
  if (body.byteLength === 0) return;
  const declared = readDeclaredChecksum(headers);
  if (declared === undefined) return;
  const checksum = startChecksum(declared.algorithm);
  checksum.update(body);
  verifyChecksum(declared, undefined, Buffer.from(await checksum.digest()).toString('base64'));
}

function checkFormat(
  { algorithm, headerName }: Pick<DeclaredChecksum, 'algorithm' | 'headerName'>,
  value: string,
): void {
  const digest = Buffer.from(value, 'base64');
  if (digest.length === DIGEST_BYTES[algorithm] && digest.toString('base64') === value) return;
  throw new AwsError('InvalidRequest', `Value for ${headerName} header is invalid.`, 400);
}
