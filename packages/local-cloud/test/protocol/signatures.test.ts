import { once } from 'node:events';
import { type IncomingMessage, type RequestOptions, request } from 'node:http';
import * as zlib from 'node:zlib';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RawRequest, send, sha256, signChunks, signed } from '../s3/hand-signed.ts';
import { CREDENTIALS, refusalOf, type S3Fixture, startS3 } from '../s3/s3-fixture.ts';
import { ManualClock } from '../support/manual-clock.ts';

const Bucket = 'signed';
const clock = new ManualClock();
let fixture: S3Fixture;

beforeAll(async () => {
  fixture = await startS3({ clock });
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

async function refusal(response: Response): Promise<string> {
  return /<Code>([^<]*)<\/Code>/.exec(await response.text())?.[1] ?? `(status ${response.status})`;
}
/** The status of a request whose headers fetch would not send as they are. */
async function raw(options: RequestOptions, body: string): Promise<number> {
  const sent = request({ host: '127.0.0.1', port: new URL(fixture.endpoint).port, ...options });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  answer?.resume();
  return answer?.statusCode ?? 0;
}
const text = async (Key: string) =>
  (await fixture.s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

describe('a signature in the header', () => {
  test('by a wrong secret or an unknown key is refused', async () => {
    const wrong = fixture.client({ credentials: { ...CREDENTIALS, secretAccessKey: 'wrong' } });
    expect(await refusalOf(wrong.send(new ListBucketsCommand({})))).toMatchObject({
      code: 'SignatureDoesNotMatch',
      status: 403,
    });
    const unknown = fixture.client({ credentials: { ...CREDENTIALS, accessKeyId: 'AKIANOBODY' } });
    expect(await refusalOf(unknown.send(new ListBucketsCommand({})))).toMatchObject({
      code: 'InvalidAccessKeyId',
      status: 403,
    });
  });

  test('that is missing is AccessDenied, one of another kind InvalidRequest', async () => {
    expect(await refusal(await send(fixture, { method: 'GET', path: '/' }, false))).toBe('AccessDenied');
    const old = await fetch(`${fixture.endpoint}/`, { headers: { authorization: 'AWS key:signature' } });
    expect(await old.text()).toContain('InvalidRequest');
    const url = await fetch(`${fixture.endpoint}/b/k?AWSAccessKeyId=a&Signature=b&Expires=1`);
    expect(await url.text()).toContain('InvalidRequest');
  });

  test('16 minutes off the clock is RequestTimeTooSkewed, 14 are fine', async () => {
    const at = (minutes: number): RawRequest => ({
      method: 'GET',
      path: '/',
      signingDate: new Date(clock.now() + minutes * 60_000),
    });
    for (const minutes of [-16, 16])
      expect(await refusal(await send(fixture, at(minutes)))).toBe('RequestTimeTooSkewed');
    for (const minutes of [-14, 14]) expect((await send(fixture, at(minutes))).status).toBe(200);
  });

  test('covers the path, the query and every x-amz header', async () => {
    const { headers } = await signed(fixture.endpoint, { method: 'GET', path: `/${Bucket}` });
    const get = (path: string, more = {}) =>
      fetch(fixture.endpoint + path, { headers: { ...headers, ...more } });
    expect((await get(`/${Bucket}`)).status).toBe(200);
    expect(await refusal(await get(`/${Bucket}?list-type=2`))).toBe('SignatureDoesNotMatch');
    expect(await refusal(await get(`/${Bucket}/x`))).toBe('SignatureDoesNotMatch');
    expect(await refusal(await get(`/${Bucket}`, { 'x-amz-request-payer': 'requester' }))).toBe(
      'AccessDenied',
    );
  });

  test('over a body that came out otherwise is XAmzContentSHA256Mismatch, and nothing is kept', async () => {
    const request = { method: 'PUT', path: `/${Bucket}/forged`, body: 'other', payloadHash: sha256('body') };
    expect(await refusal(await send(fixture, request))).toBe('XAmzContentSHA256Mismatch');
    expect(await refusalOf(text('forged'))).toMatchObject({ code: 'NoSuchKey' });
    const xml = {
      method: 'POST',
      path: `/${Bucket}`,
      query: { delete: '' },
      body: '<Delete/>',
      payloadHash: sha256(''),
    };
    expect(await refusal(await send(fixture, xml))).toBe('XAmzContentSHA256Mismatch');
  });

  test('covers every value of a header that is sent twice', async () => {
    const path = `/${Bucket}/twice`;
    const request = {
      method: 'PUT',
      path,
      payloadHash: 'UNSIGNED-PAYLOAD',
      headers: { 'x-amz-meta-a': '1,2' },
    };
    const { 'x-amz-meta-a': _joined, ...headers } = (await signed(fixture.endpoint, request)).headers;
    const put = (values: string[]) =>
      raw(
        { method: 'PUT', path, headers: { ...headers, 'content-length': '1', 'x-amz-meta-a': values } },
        'x',
      );
    expect(await put(['1', '2'])).toBe(200);
    expect(await put(['1', '3'])).toBe(403);
  });

  test('over a header that every object inherits is wrong, no fault', async () => {
    const { headers } = await signed(fixture.endpoint, { method: 'GET', path: `/${Bucket}` });
    const authorization = headers['authorization']?.replace('SignedHeaders=', 'SignedHeaders=constructor;');
    const answer = await fetch(`${fixture.endpoint}/${Bucket}`, {
      headers: { ...headers, ...(authorization === undefined ? {} : { authorization }) },
    });
    expect(await refusal(answer)).toBe('SignatureDoesNotMatch');
  });

  test('may leave the payload unsigned, but must say so', async () => {
    const request = {
      method: 'PUT',
      path: `/${Bucket}/unsigned`,
      body: 'free',
      payloadHash: 'UNSIGNED-PAYLOAD',
    };
    expect((await send(fixture, request)).status).toBe(200);
    expect(await text('unsigned')).toBe('free');
    expect(await refusal(await send(fixture, { ...request, payloadHash: 'whatever' }))).toBe(
      'InvalidArgument',
    );
  });
});

describe('signed chunks', () => {
  const algorithm = 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD';
  async function put(
    key: string,
    chunks: string[],
    spoil: (body: string) => string,
    trailer?: readonly [string, string],
  ) {
    const size = String(Buffer.byteLength(chunks.join('')));
    const request: RawRequest = {
      method: 'PUT',
      path: `/${Bucket}/${key}`,
      payloadHash: trailer === undefined ? algorithm : `${algorithm}-TRAILER`,
      headers: {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': size,
        ...(trailer === undefined ? {} : { 'x-amz-trailer': trailer[0] }),
      },
    };
    const { headers } = await signed(fixture.endpoint, request);
    const seed = {
      amzDate: headers['x-amz-date'] ?? '',
      signature: /Signature=([0-9a-f]+)/.exec(headers['authorization'] ?? '')?.[1] ?? '',
    };
    const body = spoil(signChunks(seed, chunks, trailer));
    return fetch(fixture.endpoint + request.path, { method: 'PUT', headers, body });
  }
  const asIs = (body: string) => body;

  test('are verified and joined', async () => {
    expect((await put('chunks', ['one ', 'two'], asIs)).status).toBe(200);
    expect(await text('chunks')).toBe('one two');
    expect((await put('trailer', ['hello'], asIs, ['x-amz-checksum-crc32', 'NhCmhg=='])).status).toBe(200);
  });

  test('of a body that is read whole are taken off it, its trailer checked', async () => {
    await fixture.s3.send(new PutObjectCommand({ Bucket, Key: 'goes', Body: 'x' }));
    const xml = '<Delete><Object><Key>goes</Key></Object></Delete>';
    const crc32 = Buffer.alloc(4);
    crc32.writeUInt32BE(zlib.crc32(xml));
    const post = async (sum: string, spoil = asIs) => {
      const headers = {
        'content-encoding': 'aws-chunked',
        'x-amz-decoded-content-length': String(xml.length),
        'x-amz-trailer': 'x-amz-checksum-crc32',
      };
      const body = `${xml.length.toString(16)}\r\n${xml}\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`;
      const payloadHash = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
      return send(fixture, {
        method: 'POST',
        path: `/${Bucket}`,
        query: { delete: '' },
        headers,
        payloadHash,
        body: spoil(body),
      });
    };
    expect(await refusal(await post('AAAAAA=='))).toBe('BadDigest');
    expect(await refusal(await post('AAAAAA==', (body) => body.slice(0, 40)))).toBe('IncompleteBody');
    expect(await text('goes')).toBe('x');
    expect(await (await post(crc32.toString('base64'))).text()).toContain(
      '<Deleted><Key>goes</Key></Deleted>',
    );
    expect(await refusalOf(text('goes'))).toMatchObject({ code: 'NoSuchKey' });
  });

  test('are refused when bytes, order, length or trailer are not what was signed', async () => {
    expect(await refusal(await put('x', ['one'], (body) => body.replace('one', 'eno')))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(
      await refusal(
        await put('x', ['one'], (body) =>
          body.replace(/chunk-signature=\w{64}/, (s) => `${s.slice(0, -4)}0000`),
        ),
      ),
    ).toBe('SignatureDoesNotMatch');
    expect(
      await refusal(await put('x', ['one'], (body) => body.replace(/;chunk-signature=\w{64}/, ''))),
    ).toBe('SignatureDoesNotMatch');
    const forgedTrailer = (body: string) => body.replace('NhCmhg==', 'AAAAAA==');
    expect(
      await refusal(await put('x', ['hello'], forgedTrailer, ['x-amz-checksum-crc32', 'NhCmhg=='])),
    ).toBe('SignatureDoesNotMatch');
    expect(await refusal(await put('x', ['hello'], (body) => body.slice(0, 90)))).toBe('IncompleteBody');
    expect(await refusal(await put('x', ['hello'], () => 'zz\r\n'))).toBe('IncompleteBody');
    expect(await refusal(await put('x', ['one'], (body) => `${body}more`))).toBe('IncompleteBody');
    expect(await refusal(await put('x', ['one'], (body) => `${body}more\r\n`))).toBe('IncompleteBody');
    expect(await refusal(await put('x', ['hello'], () => `${'9'.repeat(20_000)}`))).toBe('IncompleteBody');
    expect(await refusalOf(text('x'))).toMatchObject({ code: 'NoSuchKey' });
  });
});

describe('a presigned URL', () => {
  test('reads and writes until it expires', async () => {
    const putUrl = await getSignedUrl(fixture.s3, new PutObjectCommand({ Bucket, Key: 'pre signed+ü' }), {
      expiresIn: 60,
    });
    expect((await fetch(putUrl, { method: 'PUT', body: 'by url' })).status).toBe(200);
    const getUrl = await getSignedUrl(fixture.s3, new GetObjectCommand({ Bucket, Key: 'pre signed+ü' }), {
      expiresIn: 60,
    });
    expect(await (await fetch(getUrl)).text()).toBe('by url');
    expect(await refusal(await fetch(getUrl.replace('X-Amz-Expires=60', 'X-Amz-Expires=600')))).toBe(
      'SignatureDoesNotMatch',
    );
    expect(await refusal(await fetch(getUrl, { method: 'DELETE' }))).toBe('SignatureDoesNotMatch');
    expect(await refusal(await fetch(getUrl.replace('X-Amz-Expires=60', 'X-Amz-Expires=9999999')))).toBe(
      'AuthorizationQueryParametersError',
    );
    clock.advance(61_000);
    expect(await refusal(await fetch(getUrl))).toBe('AccessDenied');
  });

  test('does not let its holder add an x-amz header', async () => {
    const url = await getSignedUrl(fixture.s3, new PutObjectCommand({ Bucket, Key: 'target' }), {
      signingDate: new Date(clock.now()),
    });
    const copy = await fetch(url, { method: 'PUT', headers: { 'x-amz-copy-source': `${Bucket}/unsigned` } });
    expect(await refusal(copy)).toBe('AccessDenied');
  });
});

test('with verification off anything is taken', async () => {
  await using open = await startS3({ verify: false });
  expect((await send(open, { method: 'PUT', path: '/bucket' }, false)).status).toBe(200);
  const wrong = open.client({ credentials: { accessKeyId: 'x', secretAccessKey: 'y' } });
  await wrong.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'k', Body: 'v' }));
});
