import { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'objects';
let fixture: S3Fixture;

beforeAll(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

const put = (Key: string, Body: string | Uint8Array = 'body', more = {}) =>
  fixture.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const read = async (Key: string, more = {}) => {
  const output = await fixture.s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { output, text: (await output.Body?.transformToString()) ?? '' };
};

describe('an object', () => {
  test('comes back with its bytes, its headers and its metadata', async () => {
    await put('full', Buffer.from('hello'), {
      ContentType: 'text/x-test',
      CacheControl: 'no-store',
      ContentDisposition: 'attachment; filename="x.txt"',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      Expires: new Date(86_400_000),
      Metadata: { colour: 'blue', 'with-dash': 'a b', umlaut: 'grün' },
    });
    const { output, text } = await read('full');
    expect(text).toBe('hello');
    expect(output).toMatchObject({
      ContentLength: 5,
      ContentType: 'text/x-test',
      CacheControl: 'no-store',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
      ETag: '"5d41402abc4b2a76b9719d911017c592"',
      Metadata: { colour: 'blue', 'with-dash': 'a b', umlaut: 'grün' },
      AcceptRanges: 'bytes',
    });
    expect(output.ExpiresString).toBe('Fri, 02 Jan 1970 00:00:00 GMT');
    const head = await fixture.s3.send(new HeadObjectCommand({ Bucket, Key: 'full' }));
    expect(head).toMatchObject({ ContentLength: 5, ETag: output.ETag, LastModified: output.LastModified });
  });

  test('of no bytes is an object', async () => {
    await put('empty', new Uint8Array());
    const { output, text } = await read('empty');
    expect(text).toBe('');
    expect(output).toMatchObject({ ContentLength: 0, ETag: '"d41d8cd98f00b204e9800998ecf8427e"' });
  });

  test('sent as a stream is stored without its chunk framing', async () => {
    const parts = [Buffer.alloc(70_000, 'a'), Buffer.alloc(70_000, 'b')];
    await fixture.s3.send(
      new PutObjectCommand({ Bucket, Key: 'stream', Body: Readable.from(parts), ContentLength: 140_000 }),
    );
    const { output, text } = await read('stream');
    expect(text).toBe(Buffer.concat(parts).toString());
    expect(output.ContentEncoding).toBeUndefined();
  });

  test('beyond the size that is answered from memory streams out whole', async () => {
    const body = Buffer.alloc(3 * 1024 * 1024 + 17, 'x');
    await put('large', body);
    const { text } = await read('large');
    expect(text.length).toBe(body.length);
    expect((await read('large', { Range: 'bytes=3145740-' })).text).toBe('x'.repeat(body.length - 3_145_740));
  });

  test('answers response-* overrides, and refuses one that would end the header', async () => {
    await put('override');
    const { output } = await read('override', {
      ResponseContentType: 'a/b',
      ResponseCacheControl: 'private',
    });
    expect(output).toMatchObject({ ContentType: 'a/b', CacheControl: 'private' });
    const refused = await refusalOf(read('override', { ResponseContentDisposition: 'a\r\nset-cookie: b' }));
    expect(refused).toMatchObject({ code: 'InvalidArgument', status: 400 });
  });

  test('that is not there is NoSuchKey, in a bucket that is not there NoSuchBucket', async () => {
    expect(await refusalOf(read('missing'))).toMatchObject({
      code: 'NoSuchKey',
      status: 404,
      error: { Key: 'missing' },
    });
    const elsewhere = fixture.s3.send(new GetObjectCommand({ Bucket: 'nowhere', Key: 'k' }));
    expect(await refusalOf(elsewhere)).toMatchObject({ code: 'NoSuchBucket', status: 404 });
    expect(await refusalOf(fixture.s3.send(new HeadObjectCommand({ Bucket, Key: 'missing' })))).toMatchObject(
      {
        code: 'NotFound',
        status: 404,
      },
    );
  });

  test('describes itself through GetObjectAttributes', async () => {
    await put('attributes', 'hello');
    const output = await fixture.s3.send(
      new GetObjectAttributesCommand({
        Bucket,
        Key: 'attributes',
        ObjectAttributes: ['ETag', 'ObjectSize', 'Checksum', 'StorageClass', 'ObjectParts'],
      }),
    );
    expect(output).toMatchObject({
      ETag: '5d41402abc4b2a76b9719d911017c592',
      ObjectSize: 5,
      StorageClass: 'STANDARD',
      Checksum: { ChecksumCRC32: 'NhCmhg==', ChecksumType: 'FULL_OBJECT' },
    });
    expect(output.ObjectParts).toBeUndefined();
  });
});

describe('a range', () => {
  beforeAll(async () => {
    await put('digits', '0123456789');
  });

  test.each([
    ['bytes=0-3', '0123', 'bytes 0-3/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=-2', '89', 'bytes 8-9/10'],
    ['bytes=-99', '0123456789', 'bytes 0-9/10'],
    ['bytes=8-99', '89', 'bytes 8-9/10'],
  ])('%s answers %s', async (Range, expected, contentRange) => {
    const { output, text } = await read('digits', { Range });
    expect(text).toBe(expected);
    expect(output.ContentRange).toBe(contentRange);
    expect(output.$metadata.httpStatusCode).toBe(206);
  });

  test.each(['bytes=5-3', 'bytes=0-1,4-5', 'lines=1-2', 'bytes=-'])('%s is ignored', async (Range) => {
    const { output, text } = await read('digits', { Range });
    expect(text).toBe('0123456789');
    expect(output.$metadata.httpStatusCode).toBe(200);
  });

  test.each(['bytes=10-', 'bytes=99-100', 'bytes=-0'])('%s is InvalidRange', async (Range) => {
    expect(await refusalOf(read('digits', { Range }))).toMatchObject({
      code: 'InvalidRange',
      status: 416,
      error: { ActualObjectSize: '10', RangeRequested: Range },
    });
  });
});

describe('a delete', () => {
  test('removes, and does not mind what is not there', async () => {
    await put('gone');
    const output = await fixture.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    expect(output.$metadata.httpStatusCode).toBe(204);
    expect(await refusalOf(read('gone'))).toMatchObject({ code: 'NoSuchKey' });
    await fixture.s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
  });

  test('of a batch reports each key, and only errors when quiet', async () => {
    await Promise.all(['b1', 'b 2', 'b<3>&'].map((key) => put(key)));
    const Objects = [{ Key: 'b1' }, { Key: 'b 2' }, { Key: 'b<3>&' }, { Key: 'x'.repeat(1025) }];
    const output = await fixture.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(output.Deleted?.map(({ Key }) => Key)).toEqual(['b1', 'b 2', 'b<3>&']);
    expect(output.Errors).toMatchObject([{ Code: 'KeyTooLongError' }]);
    const quiet = await fixture.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b1' }], Quiet: true } }),
    );
    expect(quiet.Deleted).toBeUndefined();
  });
});

describe('a copy', () => {
  const copy = (Key: string, source: string, more = {}) =>
    fixture.s3.send(
      new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${encodeURIComponent(source)}`, ...more }),
    );

  test('takes bytes and headers along, or replaces the headers', async () => {
    await put("source a+b'ü", 'copied', { ContentType: 'text/x-source', Metadata: { from: 'source' } });
    const output = await copy('copy', "source a+b'ü");
    expect(output.CopyObjectResult).toMatchObject({
      ETag: (await read('copy')).output.ETag,
      ChecksumType: 'FULL_OBJECT',
    });
    expect(await read('copy')).toMatchObject({
      text: 'copied',
      output: { ContentType: 'text/x-source', Metadata: { from: 'source' } },
    });
    await copy('copy', "source a+b'ü", { MetadataDirective: 'REPLACE', Metadata: { from: 'copy' } });
    expect((await read('copy')).output.Metadata).toEqual({ from: 'copy' });
  });

  test('of an object onto itself must change something', async () => {
    await put('self', 'x', { Metadata: { a: '1' } });
    expect(await refusalOf(copy('self', 'self'))).toMatchObject({ code: 'InvalidRequest', status: 400 });
    await copy('self', 'self', { MetadataDirective: 'REPLACE', Metadata: { a: '2' } });
    expect(await read('self')).toMatchObject({ text: 'x', output: { Metadata: { a: '2' } } });
  });

  test('of nothing is NoSuchKey', async () => {
    expect(await refusalOf(copy('copy', 'missing'))).toMatchObject({
      code: 'NoSuchKey',
      error: { Key: 'missing' },
    });
  });
});

describe('a key', () => {
  test.each([
    'a b',
    'a+b',
    `quotes'"`,
    'ünïcode 日本 😀',
    'double//slash',
    '/leading',
    'trailing/',
    '..',
    '../../etc/passwd',
    './x',
    'percent%2Fencoded%',
    '?query=#fragment&amp;',
    'tab\tand\nline',
    'nul\0byte',
    '*()!~',
  ])('%j names one object and never a path', async (key) => {
    await put(key, key);
    expect((await read(key)).text).toBe(key);
    const blobs = await fixture.blobs();
    expect(blobs.every((name) => /^[0-9a-f]{32}$/.test(name))).toBe(true);
  });

  test('of any characters reads back what was written under it', async () => {
    const keys = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 60 })
      .filter((key) => Buffer.from(key).toString() === key);
    await fc.assert(
      fc.asyncProperty(keys, fc.uint8Array({ maxLength: 300 }), async (key, body) => {
        await put(key, body);
        const output = await fixture.s3.send(new GetObjectCommand({ Bucket, Key: key }));
        expect(Buffer.from((await output.Body?.transformToByteArray()) ?? [])).toEqual(Buffer.from(body));
      }),
      { numRuns: 40 },
    );
  });

  test('is at most 1024 bytes of UTF-8', async () => {
    await put('ü'.repeat(512));
    expect(await refusalOf(put('ü'.repeat(513)))).toMatchObject({ code: 'KeyTooLongError', status: 400 });
  });
});

test('what this cloud does not do is refused by name', async () => {
  expect(await refusalOf(put('x', 'y', { ServerSideEncryption: 'aws:kms' }))).toMatchObject({
    code: 'NotImplemented',
    status: 501,
  });
  expect(await refusalOf(put('x', 'y', { Tagging: 'a=b' }))).toMatchObject({
    code: 'NotImplemented',
    status: 501,
  });
  const { error } = await refusalOf(put('x', 'y', { StorageClass: 'GLACIER' }));
  expect(error['message']).toContain('StorageClass="GLACIER"');
});
