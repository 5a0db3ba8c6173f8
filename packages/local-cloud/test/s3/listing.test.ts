import {
  CreateBucketCommand,
  DeleteBucketCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { listPage } from '../../src/services/s3/list-page.ts';
import { ObjectTable } from '../../src/services/s3/object-table.ts';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
});
afterAll(() => fixture[Symbol.asyncDispose]());

async function fill(Bucket: string, keys: readonly string[]): Promise<void> {
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
  await Promise.all(keys.map((Key) => fixture.s3.send(new PutObjectCommand({ Bucket, Key, Body: Key }))));
}

/** Rows without bytes: listing reads none. */
function fillRows(bucket: string, keys: readonly string[]): ObjectTable {
  const table = new ObjectTable(fixture.environment.database);
  for (const key of keys) {
    table.put(bucket, {
      key,
      blobId: 'none',
      sizeBytes: 0,
      etag: 'none',
      lastModifiedMs: 0,
      checksum: { algorithm: 'CRC32', type: 'FULL_OBJECT', value: '' },
      headers: { metadata: {} },
      parts: undefined,
    });
  }
  return table;
}

test('1,205 keys come in pages, each once, in order', async () => {
  await fixture.s3.send(new CreateBucketCommand({ Bucket: 'many' }));
  const keys = Array.from({ length: 1205 }, (_, index) => `k ${String(index).padStart(4, '0')}`);
  fillRows('many', keys);
  const sizes: number[] = [];
  const seen: string[] = [];
  for await (const page of paginateListObjectsV2({ client: fixture.s3 }, { Bucket: 'many' })) {
    sizes.push(page.KeyCount ?? -1);
    seen.push(...(page.Contents ?? []).map(({ Key = '' }) => Key));
  }
  expect(sizes).toEqual([1000, 205]);
  expect(seen).toEqual(keys);

  const first = await fixture.s3.send(new ListObjectsCommand({ Bucket: 'many', MaxKeys: 3 }));
  expect(first).toMatchObject({ IsTruncated: true, MaxKeys: 3 });
  const next = await fixture.s3.send(
    new ListObjectsCommand({ Bucket: 'many', MaxKeys: 2, Marker: 'k 0002' }),
  );
  expect(next.Contents?.map(({ Key }) => Key)).toEqual(['k 0003', 'k 0004']);
});

test('what is rolled up is not read: one row a prefix, and a few around plain keys', async () => {
  await fixture.s3.send(new CreateBucketCommand({ Bucket: 'folders' }));
  const folders = Array.from({ length: 20 }, (_, index) => `folder${String(index).padStart(2, '0')}/`);
  const plain = Array.from({ length: 100 }, (_, index) => `plain${String(index).padStart(3, '0')}`);
  const table = fillRows('folders', [
    ...folders.flatMap((folder) => Array.from({ length: 200 }, (_, index) => `${folder}${index}`)),
    ...plain,
  ]);
  const range = vi.spyOn(table, 'range');
  const page = listPage(table, 'folders', { prefix: '', delimiter: '/', after: '', maxKeys: 1000 });
  expect(page.commonPrefixes).toEqual(folders);
  expect(page.objects.map(({ key }) => key)).toEqual(plain);
  const rowsRead = range.mock.results.reduce((sum, { value }) => sum + Object(value).length, 0);
  expect(rowsRead).toBeLessThanOrEqual(folders.length + plain.length + 1);
  expect(range.mock.calls.length).toBeLessThan(folders.length + 20);
});

test('a delimiter rolls keys up; prefix, start-after and paging go with it', async () => {
  await fill('tree', ['a/1', 'a/2', 'b', 'c/1', 'c/d/2', 'e']);
  const list = (more: object) =>
    fixture.s3.send(new ListObjectsV2Command({ Bucket: 'tree', Delimiter: '/', ...more }));
  const whole = await list({});
  expect(whole.Contents?.map(({ Key }) => Key)).toEqual(['b', 'e']);
  expect(whole.CommonPrefixes).toEqual([{ Prefix: 'a/' }, { Prefix: 'c/' }]);
  expect(whole.KeyCount).toBe(4);
  expect((await list({ Prefix: 'c/' })).CommonPrefixes).toEqual([{ Prefix: 'c/d/' }]);
  expect((await list({ StartAfter: 'b' })).CommonPrefixes).toEqual([{ Prefix: 'c/' }]);
  const pages: string[][] = [];
  for await (const page of paginateListObjectsV2(
    { client: fixture.s3, pageSize: 1 },
    { Bucket: 'tree', Delimiter: '/' },
  )) {
    pages.push([
      ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix),
      ...(page.Contents ?? []).map(({ Key = '' }) => Key),
    ]);
  }
  expect(pages).toEqual([['a/'], ['b'], ['c/'], ['e']]);
  const v1 = await fixture.s3.send(new ListObjectsCommand({ Bucket: 'tree', Delimiter: '/', MaxKeys: 1 }));
  expect(v1.NextMarker).toBe('a/');
});

test('order is that of UTF-8 bytes, not of UTF-16', async () => {
  await fill('order', ['\u{1F600}', '\uFFFD', 'z', 'é', 'Z']);
  const { Contents } = await fixture.s3.send(new ListObjectsV2Command({ Bucket: 'order' }));
  expect(Contents?.map(({ Key }) => Key)).toEqual(['Z', 'z', 'é', '\uFFFD', '\u{1F600}']);
});

test('encoding-type url carries what XML cannot', async () => {
  await fill('encoded', ['a b+c/d\u0001']);
  const { Contents } = await fixture.s3.send(
    new ListObjectsV2Command({ Bucket: 'encoded', EncodingType: 'url' }),
  );
  expect(Contents?.map(({ Key }) => Key)).toEqual(['a%20b%2Bc/d%01']);
});

test('max-keys 0 is a legal page of nothing; a forged token is refused', async () => {
  await fill('zero', ['a']);
  const none = await fixture.s3.send(new ListObjectsV2Command({ Bucket: 'zero', MaxKeys: 0 }));
  expect(none).toMatchObject({ KeyCount: 0, IsTruncated: false, MaxKeys: 0 });
  const forged = fixture.s3.send(
    new ListObjectsV2Command({ Bucket: 'zero', ContinuationToken: 'not a token' }),
  );
  expect(await refusalOf(forged)).toMatchObject({ code: 'InvalidArgument' });
});

test('pages of any size add up to what a plain filter and group gives', async () => {
  await fixture.s3.send(new CreateBucketCommand({ Bucket: 'property' }));
  const key = fc.string({ unit: fc.constantFrom('a', 'b', '/', '\u{10FFFF}'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uniqueArray(key, { maxLength: 25 }),
      fc.constantFrom('', 'a', 'a/', '/'),
      fc.constantFrom('', '/', 'b/'),
      fc.integer({ min: 1, max: 7 }),
      (keys, prefix, delimiter, maxKeys) => {
        fixture.environment.database.exec("DELETE FROM s3_objects WHERE bucket = 'property'");
        const table = fillRows('property', keys);
        const listed: string[] = [];
        for (let after = '', more = true; more; ) {
          const page = listPage(table, 'property', { prefix, delimiter, after, maxKeys });
          const names = [...page.objects.map((object) => object.key), ...page.commonPrefixes];
          expect(names.length).toBeLessThanOrEqual(maxKeys);
          listed.push(...names.sort(byBytes));
          after = page.last;
          more = page.isTruncated;
        }
        const rolled = keys
          .filter((one) => one.startsWith(prefix))
          .map((one) => {
            const end = delimiter === '' ? -1 : one.indexOf(delimiter, prefix.length);
            return end === -1 ? one : one.slice(0, end + delimiter.length);
          });
        expect(listed).toEqual([...new Set(rolled)].sort(byBytes));
      },
    ),
    { numRuns: 200 },
  );
});

test('buckets are listed by name, and only an empty one can go', async () => {
  const { Buckets } = await fixture.s3.send(new ListBucketsCommand({ Prefix: 'o' }));
  expect(Buckets?.map(({ Name }) => Name)).toEqual(['order']);
  expect(await refusalOf(fixture.s3.send(new DeleteBucketCommand({ Bucket: 'order' })))).toMatchObject({
    code: 'BucketNotEmpty',
    status: 409,
  });
});

function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
