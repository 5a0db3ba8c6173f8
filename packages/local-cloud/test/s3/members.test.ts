import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListMultipartUploadsCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from './hand-signed.ts';
import { ACCOUNT_ID, refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'members';
const CopySource = `${Bucket}/source`;
let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
  await fixture.s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: 'source' }));
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

test('a member that nothing is done about is refused by its name, whatever the operation', async () => {
  const { s3 } = fixture;
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'upload' }));
  const target = { Bucket, Key: 'target' };
  const refused: [Promise<unknown>, string][] = [
    [
      s3.send(new PutObjectCommand({ ...target, Body: 'x', BucketKeyEnabled: true })),
      'PutObject (BucketKeyEnabled)',
    ],
    [
      s3.send(new PutObjectCommand({ ...target, Body: 'x', SSECustomerKeyMD5: 'abc' })),
      'PutObject (SSECustomerKeyMD5)',
    ],
    [
      s3.send(new CopyObjectCommand({ ...target, CopySource, SSEKMSKeyId: 'key' })),
      'CopyObject (SSEKMSKeyId)',
    ],
    [
      s3.send(new DeleteObjectCommand({ ...target, BypassGovernanceRetention: true })),
      'DeleteObject (BypassGovernanceRetention)',
    ],
    [
      s3.send(new PutObjectCommand({ ...target, Body: 'x', ACL: 'public-read' })),
      'PutObject (ACL="public-read")',
    ],
    [
      s3.send(
        new AbortMultipartUploadCommand({
          Bucket,
          Key: 'upload',
          UploadId,
          IfMatchInitiatedTime: new Date(0),
        }),
      ),
      'AbortMultipartUpload (IfMatchInitiatedTime)',
    ],
    [
      s3.send(
        new CreateBucketCommand({
          Bucket: 'elsewhere',
          CreateBucketConfiguration: { Location: { Type: 'AvailabilityZone', Name: 'use1-az1' } },
        }),
      ),
      'CreateBucket (CreateBucketConfiguration.Location',
    ],
  ];
  const refusals = await Promise.all(refused.map(([call]) => refusalOf(call)));
  for (const [index, [, named]] of refused.entries()) {
    expect(refusals[index]).toMatchObject({
      code: 'NotImplemented',
      status: 501,
      error: { message: expect.stringContaining(named) },
    });
  }
  expect(await refusalOf(s3.send(new HeadObjectCommand(target)))).toMatchObject({ status: 404 });
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toHaveLength(1);
});

test('the owner that a client expects of a source must be its owner', async () => {
  const { s3 } = fixture;
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'copied' }));
  const copies = (ExpectedSourceBucketOwner: string) => [
    s3.send(new CopyObjectCommand({ Bucket, Key: 'copied', CopySource, ExpectedSourceBucketOwner })),
    s3.send(
      new UploadPartCopyCommand({
        Bucket,
        Key: 'copied',
        UploadId,
        PartNumber: 1,
        CopySource,
        ExpectedSourceBucketOwner,
      }),
    ),
  ];
  for (const refusal of await Promise.all(copies('999999999999').map(refusalOf)))
    expect(refusal).toMatchObject({ code: 'AccessDenied', status: 403 });
  await Promise.all(copies(ACCOUNT_ID));
});

test('a self-copy that names the encryption is one', async () => {
  const copy = { Bucket, Key: 'source', CopySource };
  expect(await refusalOf(fixture.s3.send(new CopyObjectCommand(copy)))).toMatchObject({
    code: 'InvalidRequest',
  });
  await fixture.s3.send(new CopyObjectCommand({ ...copy, ServerSideEncryption: 'AES256' }));
});

test('buckets are listed by region, in pages of a legal size', async () => {
  const names = async (BucketRegion: string) =>
    (await fixture.s3.send(new ListBucketsCommand({ BucketRegion }))).Buckets?.map(({ Name }) => Name) ?? [];
  expect(await names('us-east-1')).toEqual([Bucket]);
  expect(await names('eu-west-1')).toEqual([]);
  for (const size of ['-1', '0', '10001', 'x']) {
    const answer = await send(fixture, { method: 'GET', path: '/', query: { 'max-buckets': size } });
    expect(await answer.text()).toContain('<Code>InvalidArgument</Code>');
  }
});

test('us-east-1 has no name as a location', async () => {
  const body =
    '<CreateBucketConfiguration><LocationConstraint>us-east-1</LocationConstraint></CreateBucketConfiguration>';
  const answer = await send(fixture, { method: 'PUT', path: '/located', body });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('<Code>InvalidLocationConstraint</Code>');
});

test('an answer has the Expires that a reader asks for', async () => {
  const ResponseExpires = new Date('2030-01-02T03:04:05Z');
  const { ExpiresString } = await fixture.s3.send(
    new GetObjectCommand({ Bucket, Key: 'source', ResponseExpires }),
  );
  expect(ExpiresString).toBe('Wed, 02 Jan 2030 03:04:05 GMT');
});
