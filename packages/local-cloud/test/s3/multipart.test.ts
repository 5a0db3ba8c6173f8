import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AbortMultipartUploadCommand,
  type ChecksumAlgorithm,
  type ChecksumType,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListPartsCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  UploadPartCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { CHECKSUM_ALGORITHMS, startChecksum } from '../../src/protocol/checksum.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { send } from './hand-signed.ts';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'multipart';
const MiB = 1024 * 1024;
const first = randomBytes(5 * MiB);
const second = randomBytes(1000);
const whole = Buffer.concat([first, second]);

let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

async function begin(Key: string, more = {}): Promise<{ Bucket: string; Key: string; UploadId: string }> {
  const { UploadId = '' } = await fixture.s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  return { Bucket, Key, UploadId };
}
const part = (upload: object, PartNumber: number, Body: Uint8Array, more = {}) =>
  fixture.s3.send(new UploadPartCommand({ ...target(upload), PartNumber, Body, ...more }));
const complete = (upload: object, Parts: object[], more = {}) =>
  fixture.s3.send(
    new CompleteMultipartUploadCommand({ ...target(upload), MultipartUpload: { Parts }, ...more }),
  );
function target(upload: object): { Bucket: string; Key: string; UploadId: string } {
  return Object(upload);
}

async function digest(
  algorithm: (typeof CHECKSUM_ALGORITHMS)[number],
  ...pieces: Uint8Array[]
): Promise<string> {
  const checksum = startChecksum(algorithm);
  for (const piece of pieces) checksum.update(piece);
  return Buffer.from(await checksum.digest()).toString('base64');
}

test('parts become one object, their own storage goes', async () => {
  const upload = await begin('joined', { ContentType: 'x/y', Metadata: { a: 'b' } });
  const two = await part(upload, 2, second);
  await part(upload, 1, randomBytes(10));
  const one = await part(upload, 1, first);
  const output = await complete(upload, [
    { PartNumber: 1, ETag: one.ETag },
    { PartNumber: 2, ETag: two.ETag },
  ]);
  const md5s = [first, second].map((bytes) => createHash('md5').update(bytes).digest());
  expect(output.ETag).toBe(`"${createHash('md5').update(Buffer.concat(md5s)).digest('hex')}-2"`);
  expect(output).toMatchObject({
    ChecksumCRC64NVME: await digest('CRC64NVME', whole),
    ChecksumType: 'FULL_OBJECT',
  });
  const got = await fixture.s3.send(new GetObjectCommand({ Bucket, Key: 'joined' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(whole)).toBe(true);
  expect(got).toMatchObject({ ContentType: 'x/y', Metadata: { a: 'b' } });
  expect(await fixture.blobs()).toHaveLength(1);

  const partTwo = await fixture.s3.send(new GetObjectCommand({ Bucket, Key: 'joined', PartNumber: 2 }));
  expect(Buffer.from((await partTwo.Body?.transformToByteArray()) ?? []).equals(second)).toBe(true);
  expect(partTwo).toMatchObject({
    PartsCount: 2,
    ContentRange: `bytes ${first.length}-${whole.length - 1}/${whole.length}`,
  });
  expect(
    await refusalOf(fixture.s3.send(new GetObjectCommand({ Bucket, Key: 'joined', PartNumber: 3 }))),
  ).toMatchObject({ status: 416 });
});

const kinds: [ChecksumAlgorithm, ChecksumType][] = [
  ['CRC32', 'COMPOSITE'],
  ['CRC32', 'FULL_OBJECT'],
  ['CRC32C', 'COMPOSITE'],
  ['CRC32C', 'FULL_OBJECT'],
  ['CRC64NVME', 'FULL_OBJECT'],
  ['SHA1', 'COMPOSITE'],
  ['SHA256', 'COMPOSITE'],
];
test.each(kinds)('a %s checksum of the kind %s', async (algorithm, type) => {
  const known = CHECKSUM_ALGORITHMS.find((name) => name === algorithm);
  if (known === undefined) throw new Error(`${algorithm} is no algorithm of this cloud.`);
  const Key = `${algorithm}-${type}`;
  const upload = await begin(Key, { ChecksumAlgorithm: algorithm, ChecksumType: type });
  const sums = [await digest(known, first), await digest(known, second)];
  const outputs = [
    await part(upload, 1, first, { ChecksumAlgorithm: algorithm }),
    await part(upload, 2, second, { ChecksumAlgorithm: algorithm }),
  ];
  expect(outputs.map((output) => Object(output)[`Checksum${algorithm}`])).toEqual(sums);
  const listed = outputs.map(({ ETag }, index) => ({
    PartNumber: index + 1,
    ETag,
    [`Checksum${algorithm}`]: sums[index],
  }));
  if (type === 'COMPOSITE') {
    const bare = outputs.map(({ ETag }, index) => ({ PartNumber: index + 1, ETag }));
    expect(await refusalOf(complete(upload, bare))).toMatchObject({ code: 'InvalidRequest' });
  }
  const composite = `${await digest(known, ...sums.map((sum) => Buffer.from(sum, 'base64')))}-2`;
  const value = type === 'COMPOSITE' ? composite : await digest(known, whole);
  expect(await complete(upload, listed)).toMatchObject({
    [`Checksum${algorithm}`]: value,
    ChecksumType: type,
  });
  const head = await fixture.s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  expect(head).toMatchObject({ [`Checksum${algorithm}`]: value, ChecksumType: type });
  const attributes = await fixture.s3.send(
    new GetObjectAttributesCommand({ Bucket, Key, ObjectAttributes: ['ObjectParts', 'Checksum'] }),
  );
  expect(attributes.ObjectParts).toMatchObject({ TotalPartsCount: 2 });
});

test('what does not fit is refused and the upload lives on', async () => {
  const upload = await begin('strict');
  const one = await part(upload, 1, second);
  const two = await part(upload, 2, second);
  const [p1, p2] = [
    { PartNumber: 1, ETag: one.ETag },
    { PartNumber: 2, ETag: two.ETag },
  ];
  expect(await refusalOf(complete(upload, [p2, p1]))).toMatchObject({ code: 'InvalidPartOrder' });
  expect(await refusalOf(complete(upload, [p1, p2]))).toMatchObject({ code: 'EntityTooSmall' });
  expect(await refusalOf(complete(upload, [{ ...p1, ETag: '"other"' }]))).toMatchObject({
    code: 'InvalidPart',
  });
  expect(await refusalOf(complete(upload, [{ ...p1, PartNumber: 9 }]))).toMatchObject({
    code: 'InvalidPart',
  });
  expect(await refusalOf(complete(upload, []))).toMatchObject({ code: 'MalformedXML' });
  expect(await refusalOf(complete(upload, [p1], { MpuObjectSize: 7 }))).toMatchObject({
    code: 'InvalidRequest',
  });
  expect(await refusalOf(complete(upload, [p1], { ChecksumCRC64NVME: 'AAAAAAAAAAA=' }))).toMatchObject({
    code: 'BadDigest',
  });
  expect(await refusalOf(part(upload, 10_001, second))).toMatchObject({ code: 'InvalidArgument' });
  expect(await refusalOf(part({ ...upload, UploadId: 'none' }, 1, second))).toMatchObject({
    code: 'NoSuchUpload',
    status: 404,
  });
  expect(await refusalOf(part({ ...upload, Key: 'another' }, 1, second))).toMatchObject({
    code: 'NoSuchUpload',
  });
  await complete(upload, [p2]);
  expect(await refusalOf(complete(upload, [p1]))).toMatchObject({ code: 'NoSuchUpload' });
  expect(
    await refusalOf(begin('x', { ChecksumAlgorithm: 'SHA256', ChecksumType: 'FULL_OBJECT' })),
  ).toMatchObject({ code: 'InvalidRequest' });
});

test('a completion whose answer was lost can be asked for again, and happens once', async () => {
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:listener';
  const clock = new ManualClock();
  const stateDir = await mkdtemp(join(tmpdir(), 'skyground-s3-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const run = async (work: (one: S3Fixture) => Promise<void>) => {
    await using one = await startS3({ stateDir, clock });
    await work(one);
  };
  const address = { Bucket, Key: 'asked twice' };
  let completion = new CompleteMultipartUploadCommand({ ...address, UploadId: '' });
  let answer = {};
  await run(async ({ s3, events }) => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(
      new PutBucketNotificationConfigurationCommand({
        Bucket,
        NotificationConfiguration: {
          LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn, Events: ['s3:ObjectCreated:*'] }],
        },
      }),
    );
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand(address));
    const target = { ...address, UploadId };
    const { ETag } = await s3.send(new UploadPartCommand({ ...target, PartNumber: 3, Body: second }));
    const Parts = [{ PartNumber: 3, ETag }];
    completion = new CompleteMultipartUploadCommand({
      ...target,
      MultipartUpload: { Parts },
      IfNoneMatch: '*',
    });
    // Twice at once, and once more later.
    const answers = await Promise.all([s3.send(completion), s3.send(completion)]);
    answers.push(await s3.send(completion));
    const [bare, ...others] = answers.map((output) => ({ ...output, $metadata: undefined }));
    expect(others).toEqual([bare, bare]);
    expect(bare).toMatchObject({ ETag: expect.stringMatching(/-1"$/), ChecksumType: 'FULL_OBJECT' });
    answer = bare ?? {};
    expect(events.accepted()).toHaveLength(1);
    expect(
      await refusalOf(
        s3.send(
          new CompleteMultipartUploadCommand({
            ...target,
            MultipartUpload: { Parts: [{ PartNumber: 2, ETag }] },
          }),
        ),
      ),
    ).toMatchObject({ code: 'NoSuchUpload' });
  });
  // It is remembered for a day.
  await run(async ({ s3, events, endpoint }) => {
    const { Location, ...again } = Object({ ...(await s3.send(completion)), $metadata: undefined });
    expect({ ...again, Location }).toMatchObject({ ...answer, Location: expect.stringContaining(endpoint) });
    expect(events.accepted()).toHaveLength(1);
    clock.advance(25 * 60 * 60 * 1000);
  });
  await run(async ({ environment }) => {
    expect(environment.database.prepare('SELECT * FROM s3_completed_uploads').all()).toEqual([]);
  });
});

test('uploads and parts are listed in pages, and an abort removes them', async () => {
  const before = (await fixture.blobs()).length;
  const uploads = [await begin('list/a'), await begin('list/b'), await begin('other')];
  for (const number of [1, 2, 3]) await part(uploads[0] ?? {}, number, second);
  const parts = await fixture.s3.send(new ListPartsCommand({ ...target(uploads[0] ?? {}), MaxParts: 2 }));
  expect(parts).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '2' });
  expect(parts.Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, 1000],
    [2, 1000],
  ]);
  const rest = await fixture.s3.send(
    new ListPartsCommand({ ...target(uploads[0] ?? {}), PartNumberMarker: '2' }),
  );
  expect(rest.Parts?.map(({ PartNumber }) => PartNumber)).toEqual([3]);
  for (const PartNumberMarker of ['abc', '-1', '1.5']) {
    const list = new ListPartsCommand({ ...target(uploads[0] ?? {}), PartNumberMarker });
    expect(await refusalOf(fixture.s3.send(list))).toMatchObject({ code: 'InvalidArgument', status: 400 });
  }

  const page = await fixture.s3.send(
    new ListMultipartUploadsCommand({ Bucket, Prefix: 'list/', MaxUploads: 1 }),
  );
  expect(page).toMatchObject({ IsTruncated: true, NextKeyMarker: 'list/a' });
  const next = await fixture.s3.send(
    new ListMultipartUploadsCommand({
      Bucket,
      Prefix: 'list/',
      KeyMarker: page.NextKeyMarker,
      UploadIdMarker: page.NextUploadIdMarker,
    }),
  );
  expect(next.Uploads?.map(({ Key }) => Key)).toEqual(['list/b']);
  const grouped = await fixture.s3.send(new ListMultipartUploadsCommand({ Bucket, Delimiter: '/' }));
  expect(grouped.CommonPrefixes).toEqual([{ Prefix: 'list/' }]);
  for (const upload of uploads) await fixture.s3.send(new AbortMultipartUploadCommand(upload));
  expect((await fixture.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  expect(await fixture.blobs()).toHaveLength(before);
});

test('a PUT that names an upload or a part, but not both, writes no object', async () => {
  const { UploadId } = await begin('half named');
  const copy = { 'x-amz-copy-source': `${Bucket}/any` };
  for (const query of [{ uploadId: UploadId }, { partNumber: '1' }]) {
    for (const headers of [{}, copy]) {
      const request = { method: 'PUT', path: `/${Bucket}/half`, query, headers, body: 'x' };
      const answer = await send(fixture, request);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toContain('InvalidArgument');
    }
  }
  expect(await refusalOf(fixture.s3.send(new HeadObjectCommand({ Bucket, Key: 'half' })))).toMatchObject({
    status: 404,
  });
});

test('a part may be copied from an object, or from a range of one', async () => {
  await fixture.s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: Buffer.from('0123456789') }));
  const upload = await begin('from-copy');
  const copy = (more: object) =>
    fixture.s3.send(
      new UploadPartCopyCommand({ ...upload, PartNumber: 1, CopySource: `${Bucket}/source`, ...more }),
    );
  expect(await refusalOf(copy({ CopySourceRange: 'bytes=5-10' }))).toMatchObject({ code: 'InvalidArgument' });
  const { CopyPartResult } = await copy({ CopySourceRange: 'bytes=2-5' });
  await complete(upload, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
  const got = await fixture.s3.send(new GetObjectCommand({ Bucket, Key: 'from-copy' }));
  expect(await got.Body?.transformToString()).toBe('2345');
});

test("the SDK's own uploader works", async () => {
  const body = randomBytes(11 * MiB);
  await new Upload({
    client: fixture.s3,
    params: { Bucket, Key: 'lib-storage', Body: body },
    partSize: 5 * MiB,
  }).done();
  const got = await fixture.s3.send(new GetObjectCommand({ Bucket, Key: 'lib-storage' }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(body)).toBe(true);
});
