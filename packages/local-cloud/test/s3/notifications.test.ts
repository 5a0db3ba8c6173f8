import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { eventKey } from '../../src/services/s3/event-record.ts';
import { ACCOUNT_ID, FUNCTION_ARN, REGION, refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'notified';
const recordSchema = z.looseObject({
  eventName: z.string(),
  s3: z.looseObject({ object: z.looseObject({ key: z.string(), sequencer: z.string() }) }),
});
const payloadSchema = z.strictObject({ Records: z.tuple([recordSchema]) });

let fixture: S3Fixture;
beforeEach(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterEach(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

const configure = (NotificationConfiguration: NotificationConfiguration, more = {}) =>
  fixture.s3.send(
    new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration, ...more }),
  );
const lambda = (Events: string[], rules: [string, string][] = [], Id = 'config') => ({
  Id,
  LambdaFunctionArn: FUNCTION_ARN,
  Events: Events as 's3:ObjectCreated:*'[],
  ...(rules.length === 0
    ? {}
    : {
        Filter: { Key: { FilterRules: rules.map(([Name, Value]) => ({ Name: Name as 'prefix', Value })) } },
      }),
});
const notify = (Events: string[], rules?: [string, string][]) =>
  configure({ LambdaFunctionConfigurations: [lambda(Events, rules)] });
const put = (Key: string, Body = 'hello world') =>
  fixture.s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body) }));
const records = () =>
  fixture.events.accepted().map((payload) => payloadSchema.parse(JSON.parse(payload)).Records[0]);

describe('the event record', () => {
  test('is the recorded one, member by member, in its order', async ({ skip }) => {
    const folder =
      process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../../shared/recordings');
    const file = resolve(folder, 'wire/shapes.json');
    if (!existsSync(file)) skip('skipped: recordings not found');
    const recorded = z
      .looseObject({
        s3_event_record: z.looseObject({
          records_wire_order: z.looseObject({ Records: z.array(z.unknown()) }),
        }),
      })
      .parse(JSON.parse(readFileSync(file, 'utf8'))).s3_event_record.records_wire_order;
    await notify(['s3:ObjectCreated:*']);
    await put('bucket-key');
    const [payload = ''] = fixture.events.accepted();
    expect(shapeOf(JSON.parse(payload))).toEqual(shapeOf(recorded));
    expect(fixture.events.wakes).toBe(1);
  });

  test('holds the facts of the write', async () => {
    await notify(['s3:ObjectCreated:*']);
    const output = await put("in/a b+ü('~*).jpg");
    const [record] = records();
    expect(record).toMatchObject({
      eventVersion: '2.1',
      awsRegion: REGION,
      eventName: 'ObjectCreated:Put',
      requestParameters: { sourceIPAddress: '127.0.0.1' },
      responseElements: { 'x-amz-request-id': output.$metadata.requestId },
      userIdentity: { principalId: `AWS:${ACCOUNT_ID}` },
      s3: {
        s3SchemaVersion: '1.0',
        configurationId: 'config',
        bucket: { name: Bucket, arn: `arn:aws:s3:::${Bucket}` },
        object: { key: 'in/a+b%2B%C3%BC%28%27%7E*%29.jpg', size: 11, eTag: output.ETag?.replaceAll('"', '') },
      },
    });
  });

  test('names a copy, a completed upload and each removal; a removal has neither size nor ETag', async () => {
    await notify(['s3:ObjectCreated:*', 's3:ObjectRemoved:*']);
    await put('a');
    await fixture.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    const upload = { Bucket, Key: 'c' };
    const { UploadId } = await fixture.s3.send(new CreateMultipartUploadCommand(upload));
    const part = await fixture.s3.send(
      new UploadPartCommand({ ...upload, UploadId, PartNumber: 1, Body: 'x' }),
    );
    await fixture.s3.send(
      new CompleteMultipartUploadCommand({
        ...upload,
        UploadId,
        MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.ETag }] },
      }),
    );
    await fixture.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    await fixture.s3.send(new DeleteObjectCommand({ Bucket, Key: 'was never there' }));
    await fixture.s3.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'b' }, { Key: 'c' }] } }),
    );
    expect(
      records().map(({ eventName, s3 }) => [eventName, s3.object.key, Object.keys(s3.object).sort()]),
    ).toEqual([
      ['ObjectCreated:Put', 'a', ['eTag', 'key', 'sequencer', 'size']],
      ['ObjectCreated:Copy', 'b', ['eTag', 'key', 'sequencer', 'size']],
      ['ObjectCreated:CompleteMultipartUpload', 'c', ['eTag', 'key', 'sequencer', 'size']],
      ['ObjectRemoved:Delete', 'a', ['key', 'sequencer']],
      ['ObjectRemoved:Delete', 'b', ['key', 'sequencer']],
      ['ObjectRemoved:Delete', 'c', ['key', 'sequencer']],
    ]);
  });

  test.each([
    ['a@b', 'a%40b'],
    ['a b/c+d', 'a+b/c%2Bd'],
    ['ä', '%C3%A4'],
    ['-._*', '-._*'],
  ])('writes the key %s as %s', (key, expected) => {
    expect(eventKey(key)).toBe(expected);
    expect(decodeURIComponent(eventKey(key).replaceAll('+', ' '))).toBe(key);
  });

  test('has a sequencer that grows, also after a restart with the clock set back', async () => {
    await notify(['s3:ObjectCreated:*']);
    for (const body of ['1', '2', '3']) await put('same', body);
    await fixture.stop();
    const past = { now: () => 1000, sleep: () => Promise.reject(new Error('Nothing sleeps here.')) };
    const again = await startS3({ stateDir: fixture.stateDir, clock: past, verify: false });
    try {
      await again.s3.send(new PutObjectCommand({ Bucket, Key: 'same', Body: '4' }));
      const sequencers = again.events
        .accepted()
        .map((payload) => payloadSchema.parse(JSON.parse(payload)).Records[0].s3.object.sequencer);
      expect(sequencers).toHaveLength(4);
      expect(sequencers.every((one) => /^[0-9A-F]{18}$/.test(one))).toBe(true);
      expect(sequencers).toEqual([...new Set(sequencers)].sort());
    } finally {
      await again.stop();
    }
  });
});

describe('a notification', () => {
  test.each<[string, [string, string][], string[]]>([
    ['prefix', [['prefix', 'in/']], ['in/a.jpg', 'in/b.png']],
    ['suffix', [['suffix', '.jpg']], ['in/a.jpg', 'out/c.jpg']],
    [
      'both, in any case',
      [
        ['Prefix', 'in/'],
        ['SUFFIX', '.jpg'],
      ],
      ['in/a.jpg'],
    ],
  ])('is filtered by %s', async (_name, rules, expected) => {
    await notify(['s3:ObjectCreated:*'], rules);
    for (const key of ['in/a.jpg', 'in/b.png', 'out/c.jpg']) await put(key);
    expect(records().map(({ s3 }) => s3.object.key)).toEqual(expected);
  });

  test('goes out for the events that it names and no others', async () => {
    await notify(['s3:ObjectCreated:Copy']);
    await put('a');
    await fixture.s3.send(new CopyObjectCommand({ Bucket, Key: 'b', CopySource: `${Bucket}/a` }));
    await fixture.s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
    expect(records().map(({ eventName }) => eventName)).toEqual(['ObjectCreated:Copy']);
  });

  test('is accepted if and only if the object is', async () => {
    await notify(['s3:ObjectCreated:*']);
    await put('kept', 'old');
    fixture.events.enqueue = () => {
      throw new Error('the queue is full');
    };
    expect(await refusalOf(put('kept', 'new'))).toMatchObject({ code: 'InternalError', status: 500 });
    expect(fixture.faults.splice(0)).toHaveLength(1);
    expect(records()).toHaveLength(1);
    expect(await fixture.blobs()).toHaveLength(1);
    const refused = fixture.s3.send(
      new PutObjectCommand({ Bucket, Key: 'kept', Body: 'x', IfNoneMatch: '*' }),
    );
    expect(await refusalOf(refused)).toMatchObject({ status: 412 });
    expect(records()).toHaveLength(1);
  });

  test('configuration is kept, read back, replaced and emptied', async () => {
    const configuration = lambda(
      ['s3:ObjectCreated:*', 's3:ObjectRemoved:Delete'],
      [
        ['prefix', 'a<&>/'],
        ['suffix', '.jpg'],
      ],
    );
    await configure({ LambdaFunctionConfigurations: [configuration] });
    const get = () => fixture.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(await get()).toMatchObject({
      LambdaFunctionConfigurations: [
        {
          ...configuration,
          Filter: {
            Key: {
              FilterRules: [
                { Name: 'Prefix', Value: 'a<&>/' },
                { Name: 'Suffix', Value: '.jpg' },
              ],
            },
          },
        },
      ],
    });
    await configure({});
    expect((await get()).LambdaFunctionConfigurations).toBeUndefined();
    await put('x');
    expect(fixture.events.accepted()).toEqual([]);
  });

  test('needs the permission of its function, unless told to skip that', async () => {
    fixture.events.mayInvoke = (functionArn, sourceArn, principal) => {
      expect([functionArn, sourceArn, principal]).toEqual([
        FUNCTION_ARN,
        `arn:aws:s3:::${Bucket}`,
        's3.amazonaws.com',
      ]);
      return { allowed: false, reason: 'no statement' };
    };
    expect(await refusalOf(notify(['s3:ObjectCreated:*']))).toMatchObject({
      code: 'InvalidArgument',
      status: 400,
      error: {
        message: 'Unable to validate the following destination configurations',
        ArgumentName1: `${FUNCTION_ARN}, null`,
        ArgumentValue1: `Not authorized to invoke function [${FUNCTION_ARN}]`,
      },
    });
    await configure(
      { LambdaFunctionConfigurations: [lambda(['s3:ObjectCreated:*'])] },
      { SkipDestinationValidation: true },
    );
  });

  test.each<[string, NotificationConfiguration, string]>([
    [
      'an ARN that is none',
      {
        LambdaFunctionConfigurations: [
          { LambdaFunctionArn: 'invalid-queue', Events: ['s3:ObjectCreated:*'] },
        ],
      },
      'The ARN could not be parsed',
    ],
    [
      'an event that never happens here',
      { LambdaFunctionConfigurations: [lambda(['s3:ObjectTagging:*'])] },
      'The event is not supported for notifications',
    ],
    [
      'two prefixes',
      {
        LambdaFunctionConfigurations: [
          lambda(
            ['s3:ObjectCreated:*'],
            [
              ['prefix', 'a'],
              ['Prefix', 'b'],
            ],
          ),
        ],
      },
      'Cannot specify more than one prefix rule in a filter.',
    ],
    [
      'overlap',
      {
        LambdaFunctionConfigurations: [
          lambda(['s3:ObjectCreated:*'], [['prefix', 'a']]),
          lambda(['s3:ObjectCreated:Put'], [['prefix', 'ab']], 'other'),
        ],
      },
      'Configurations overlap. Configurations on the same bucket cannot share a common event type.',
    ],
    [
      'an id used twice',
      { LambdaFunctionConfigurations: [lambda(['s3:ObjectCreated:*']), lambda(['s3:ObjectRemoved:*'])] },
      'Same ID used for multiple configurations. IDs must be unique',
    ],
  ])('with %s is refused', async (_what, configuration, message) => {
    expect(await refusalOf(configure(configuration))).toMatchObject({
      code: 'InvalidArgument',
      status: 400,
      error: { message },
    });
  });

  test('to a queue, a topic or EventBridge is NotImplemented', async () => {
    const QueueConfigurations = [
      { QueueArn: 'arn:aws:sqs:us-east-1:123456789012:q', Events: ['s3:ObjectCreated:*' as const] },
    ];
    const TopicConfigurations = [
      { TopicArn: 'arn:aws:sns:us-east-1:123456789012:t', Events: ['s3:ObjectCreated:*' as const] },
    ];
    for (const configuration of [
      { QueueConfigurations },
      { TopicConfigurations },
      { EventBridgeConfiguration: {} },
    ]) {
      expect(await refusalOf(configure(configuration))).toMatchObject({
        code: 'NotImplemented',
        status: 501,
      });
    }
  });
});

/** The members of a JSON document and the kinds of their values, in order. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.entries(value).map(([name, member]) => [name, shapeOf(member)]);
}
