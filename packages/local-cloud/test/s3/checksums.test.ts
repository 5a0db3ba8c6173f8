import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  type ChecksumAlgorithm,
  CreateBucketCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RawRequest, send } from './hand-signed.ts';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'checksums';
const body = '123456789';
/** Check values of the CRC catalogue for '123456789', and the digests that every tool prints. */
const KNOWN: Readonly<Record<string, string>> = {
  CRC32: Buffer.from('cbf43926', 'hex').toString('base64'),
  CRC32C: Buffer.from('e3069283', 'hex').toString('base64'),
  CRC64NVME: Buffer.from('ae8b14860a799888', 'hex').toString('base64'),
  SHA1: createHash('sha1').update(body).digest('base64'),
  SHA256: createHash('sha256').update(body).digest('base64'),
};
const ALGORITHMS: readonly ChecksumAlgorithm[] = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'];

let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

test.each(ALGORITHMS)(
  '%s is verified, stored and answered, from a header and from a trailer',
  async (algorithm) => {
    const bodies = { header: Buffer.from(body), trailer: Readable.from([Buffer.from(body)]) };
    for (const [Key, Body] of Object.entries(bodies)) {
      const put = await fixture.s3.send(
        new PutObjectCommand({ Bucket, Key, Body, ContentLength: 9, ChecksumAlgorithm: algorithm }),
      );
      const expected = { [`Checksum${algorithm}`]: KNOWN[algorithm], ChecksumType: 'FULL_OBJECT' };
      expect(put).toMatchObject(expected);
      expect(
        await fixture.s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' })),
      ).toMatchObject(expected);
      // The SDK verifies what it reads against the header, too.
      const got = await fixture.s3.send(new GetObjectCommand({ Bucket, Key }));
      expect(await got.Body?.transformToString()).toBe(body);
      expect(got).toMatchObject(expected);
    }
  },
);

test.each(ALGORITHMS)(
  'a wrong %s is BadDigest, in a header or in a trailer, and nothing is kept',
  async (algorithm) => {
    const name = `x-amz-checksum-${algorithm.toLowerCase()}`;
    const wrong = Buffer.alloc(Buffer.from(KNOWN[algorithm] ?? '', 'base64').length).toString('base64');
    const inHeader: RawRequest = {
      method: 'PUT',
      path: `/${Bucket}/wrong`,
      headers: { [name]: wrong },
      body,
    };
    const inTrailer: RawRequest = {
      method: 'PUT',
      path: `/${Bucket}/wrong`,
      payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': '9',
        'x-amz-trailer': name,
      },
      body: `9\r\n${body}\r\n0\r\n${name}:${wrong}\r\n\r\n`,
    };
    const before = await fixture.blobs();
    for (const request of [inHeader, inTrailer]) {
      const response = await send(fixture, request);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('<Code>BadDigest</Code>');
    }
    expect(await refusalOf(fixture.s3.send(new HeadObjectCommand({ Bucket, Key: 'wrong' })))).toMatchObject({
      status: 404,
    });
    expect(await fixture.blobs()).toEqual(before);
  },
);

test.each([
  ['a value that is no digest', { 'x-amz-checksum-crc32': 'nonsense' }, 'InvalidRequest'],
  [
    'two checksums',
    { 'x-amz-checksum-crc32': 'y/Q5Jg==', 'x-amz-checksum-crc32c': '4waSgw==' },
    'InvalidRequest',
  ],
  ['an announced checksum that never comes', { 'x-amz-sdk-checksum-algorithm': 'CRC32' }, 'InvalidRequest'],
  ['an algorithm beyond the five', { 'x-amz-checksum-sha512': 'AAAA' }, 'NotImplemented'],
  ['a wrong Content-MD5', { 'content-md5': Buffer.alloc(16).toString('base64') }, 'BadDigest'],
  ['a Content-MD5 that is none', { 'content-md5': 'abc' }, 'InvalidDigest'],
])('%s is refused', async (_what, headers, code) => {
  const response = await send(fixture, { method: 'PUT', path: `/${Bucket}/refused`, headers, body });
  expect(await response.text()).toContain(`<Code>${code}</Code>`);
});

test('a trailer that was announced and does not come is refused', async () => {
  const response = await send(fixture, {
    method: 'PUT',
    path: `/${Bucket}/refused`,
    payloadHash: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER',
    headers: {
      'content-encoding': 'aws-chunked',
      'x-amz-decoded-content-length': '9',
      'x-amz-trailer': 'x-amz-checksum-crc32',
    },
    body: `9\r\n${body}\r\n0\r\n\r\n`,
  });
  expect(await response.text()).toContain('<Code>MalformedTrailerError</Code>');
});

test('without any checksum S3 computes CRC64NVME itself', async () => {
  const quiet = fixture.client({ requestChecksumCalculation: 'WHEN_REQUIRED' });
  expect(
    await quiet.send(new PutObjectCommand({ Bucket, Key: 'default', Body: Buffer.from(body) })),
  ).toMatchObject({
    ChecksumCRC64NVME: KNOWN['CRC64NVME'],
    ChecksumType: 'FULL_OBJECT',
  });
});

test('the XML of a batch is held to its checksum, too', async () => {
  const xml = '<Delete><Object><Key>header</Key></Object></Delete>';
  const response = await send(fixture, {
    method: 'POST',
    path: `/${Bucket}`,
    query: { delete: '' },
    headers: { 'x-amz-checksum-crc32': 'AAAAAA==' },
    body: xml,
  });
  expect(await response.text()).toContain('<Code>BadDigest</Code>');
  const md5 = fixture.s3.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'none' }] }, ChecksumAlgorithm: 'SHA256' }),
  );
  expect((await md5).Deleted).toEqual([{ Key: 'none' }]);
});
