import { once } from 'node:events';
import { readdirSync, readlinkSync } from 'node:fs';
import { connect } from 'node:net';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RawRequest, send } from './hand-signed.ts';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'hostile';
let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  // None of this may be a fault of ours.
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

async function codeOf(request: RawRequest): Promise<string> {
  const text = await (await send(fixture, request)).text();
  return /<Code>([^<]*)/.exec(text)?.[1] ?? text;
}
const batch = (body: string): RawRequest => ({
  method: 'POST',
  path: `/${Bucket}`,
  query: { delete: '' },
  body,
});

test.each(['..', 'a', 'UPPER', 'with_underscore', '1.2.3.4', 'a..b', '-a-', 'x'.repeat(64)])(
  'no bucket is made under the name %j',
  async (name) => {
    expect(
      await codeOf({ method: 'PUT', path: `/${encodeURIComponent(name).replaceAll('.', '%2E')}` }),
    ).toMatch(/InvalidBucketName|SignatureDoesNotMatch|MethodNotAllowed/);
    const { Buckets } = await fixture.s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
  },
);

test.each([
  ['text', 'not xml at all'],
  ['nothing closed', '<Delete><Object><Key>a'],
  ['no objects', '<Delete></Delete>'],
  ['another document', '<Other/>'],
  ['nesting 100,000 deep', '<a>'.repeat(100_000)],
])('XML that is %s is MalformedXML', async (_what, body) => {
  expect(await codeOf(batch(body))).toBe('MalformedXML');
});

test('entities are not expanded, files not read', async () => {
  const body = `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]><Delete><Object><Key>&b;&f;</Key></Object></Delete>`;
  const text = await (await send(fixture, batch(body))).text();
  expect(text).not.toContain('aaaa');
  expect(text).not.toContain('root:');
});

test('XML beyond the limit is refused before it is read', async () => {
  expect(await codeOf(batch(`<Delete>${'<Object><Key>k</Key></Object>'.repeat(400_000)}</Delete>`))).toBe(
    'MaxMessageLengthExceeded',
  );
  expect(await codeOf(batch(`<Delete>${'<Object><Key>k</Key></Object>'.repeat(1001)}</Delete>`))).toBe(
    'MalformedXML',
  );
});

test('paths that are no UTF-8, or no path, are refused', async () => {
  const raw = async (line: string): Promise<string> => {
    const socket = connect(Number(new URL(fixture.endpoint).port), '127.0.0.1');
    socket.end(`${line}\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`);
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    await once(socket, 'close');
    return answer;
  };
  expect(await raw('GET /%ff%fe/x HTTP/1.1')).toContain('InvalidURI');
  expect(await raw('GET /b?x=%zz HTTP/1.1')).toContain('InvalidURI');
  expect(await raw('GET http://elsewhere/x HTTP/1.1')).toContain('InvalidURI');
  expect(await raw('BREW / HTTP/1.1')).toContain('400');
  expect(await raw('GET /constructor HTTP/1.1')).toContain('AccessDenied');
});

test('metadata beyond 2 KB and names of the prototype chain do no harm', async () => {
  const put = (Metadata: Record<string, string>) =>
    fixture.s3.send(new PutObjectCommand({ Bucket, Key: 'meta', Body: 'x', Metadata }));
  expect(await refusalOf(put({ big: 'x'.repeat(2049) }))).toMatchObject({ code: 'MetadataTooLarge' });
  const request = {
    method: 'PUT',
    path: `/${Bucket}/meta`,
    headers: { 'x-amz-meta-__proto__': 'p', 'x-amz-meta-constructor': 'c' },
  };
  expect((await send(fixture, { ...request, body: 'x' })).status).toBe(200);
  const { Metadata } = await fixture.s3.send(new HeadObjectCommand({ Bucket, Key: 'meta' }));
  expect(Object.entries(Metadata ?? {})).toContainEqual(['constructor', 'c']);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
});

test('header text that would end its header is refused, stored nowhere, and no file stays open', async () => {
  const large = { Bucket, Key: 'large', Body: Buffer.alloc(2 * 1024 * 1024) };
  await fixture.s3.send(new PutObjectCommand(large));
  const get = await getSignedUrl(
    fixture.s3,
    new GetObjectCommand({ Bucket, Key: 'large', ResponseContentType: 'a\r\nX: y' }),
  );
  for (const _ of Array.from({ length: 5 })) {
    const answer = await fetch(get);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain('InvalidArgument');
  }
  await expect.poll(openBlobs).toEqual([]);

  for (const Metadata of [{ a: 'b\r\nX: y' }, { 'a b': 'c' }]) {
    const put = await getSignedUrl(fixture.s3, new PutObjectCommand({ Bucket, Key: 'poisoned', Metadata }));
    const answer = await fetch(put, { method: 'PUT', body: 'x' });
    expect(await answer.text()).toContain('InvalidArgument');
    expect(
      await refusalOf(fixture.s3.send(new HeadObjectCommand({ Bucket, Key: 'poisoned' }))),
    ).toMatchObject({
      status: 404,
    });
  }
});

/** Blobs that this process, which serves, has open. */
function openBlobs(): string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      return target.includes('/s3/blobs/') ? [target] : [];
    } catch {
      return [];
    }
  });
}

test.each([
  ['max-keys', { 'list-type': '2', 'max-keys': 'many' }],
  ['max-keys', { 'list-type': '2', 'max-keys': '-1' }],
  ['encoding-type', { 'list-type': '2', 'encoding-type': 'rot13' }],
])('a nonsensical %s is InvalidArgument', async (_name, query) => {
  expect(await codeOf({ method: 'GET', path: `/${Bucket}`, query })).toBe('InvalidArgument');
});

test('an operation that is not there answers NotImplemented with its name', async () => {
  const text = await (
    await send(fixture, { method: 'GET', path: `/${Bucket}`, query: { policy: '' } })
  ).text();
  expect(text).toContain('<Code>NotImplemented</Code>');
  expect(text).toContain('s3:GetBucketPolicy');
  expect(await codeOf({ method: 'POST', path: `/${Bucket}` })).toBe('MethodNotAllowed');
});

test('Expect: 100-continue is answered after the signature, and a refusal comes without the body', async () => {
  const socket = connect(Number(new URL(fixture.endpoint).port), '127.0.0.1');
  socket.write(
    `PUT /${Bucket}/k HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n`,
  );
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).not.toContain('100 Continue');
});
