import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const folder =
  process.env['SKYGROUND_RECORDINGS'] ?? resolve(import.meta.dirname, '../../../../../shared/recordings');
const file = resolve(folder, 'wire/shapes.json');

const stepSchema = z.looseObject({
  step: z.int(),
  call: z.string(),
  args: z.record(z.string(), z.unknown()),
  response: z
    .looseObject({ http_status: z.int(), Error: z.record(z.string(), z.string()).optional() })
    .optional(),
});
const recordingSchema = z.looseObject({
  s3_preconditions: z.looseObject({
    sequences: z.record(
      z.string(),
      z.union([z.array(stepSchema), z.looseObject({ unpaired_responses: z.unknown() })]),
    ),
  }),
});
type Step = z.infer<typeof stepSchema>;

let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

if (!existsSync(file)) {
  test('recorded preconditions', ({ skip }) => skip('skipped: recordings not found'));
} else {
  const { sequences } = recordingSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).s3_preconditions;
  describe('recorded sequence', () => {
    for (const [name, steps] of Object.entries(sequences)) {
      if (!Array.isArray(steps)) {
        // Their requests were not recorded; 'a conditional read' below makes the calls that their names describe.
        test(name, ({ skip }) => skip('not replayable: responses recorded without their requests'));
      } else if (steps.some(({ call }) => call === 'put_bucket_versioning')) {
        test(name, ({ skip }) =>
          skip('not applicable: needs bucket versioning, which answers NotImplemented'),
        );
      } else {
        test(name, () => replay(name, steps));
      }
    }
  });
}

/** Makes the calls of a recording in order and holds every answer to the recorded one. */
async function replay(name: string, steps: readonly Step[]): Promise<void> {
  const Bucket = `r${Buffer.from(name).toString('hex').slice(-50)}`;
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
  const results = new Map<number, Record<string, unknown>>();
  for (const { step, call, args, response } of steps) {
    const input = substitute(args, Bucket, results);
    const outcome = await outcomeOf(perform(call, input));
    results.set(step, outcome);
    if (response === undefined) continue;
    const { http_status: status, Error: expectedError, ...members } = response;
    expect(outcome, `step ${step} ${call}`).toMatchObject({ status });
    if (expectedError !== undefined) {
      const { Message, Code, ...fields } = expectedError;
      expect(outcome, `step ${step} ${call}`).toMatchObject({
        code: Code,
        error: { message: Message, ...fields },
      });
    } else {
      expect(outcome, `step ${step} ${call}`).toMatchObject(withoutMasks(members));
    }
  }
}

function substitute(
  value: unknown,
  bucket: string,
  results: ReadonlyMap<number, Record<string, unknown>>,
): unknown {
  if (Array.isArray(value)) return value.map((one) => substitute(one, bucket, results));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, substitute(one, bucket, results)]),
    );
  }
  if (typeof value !== 'string') return value;
  // The recorder kept no literal of this one: any date will do, for the header itself is refused.
  if (value === '<binop>') return new Date(0);
  const [, step, member] = /^<step (\d+)\[(\w+)\]>$/.exec(value) ?? [];
  if (step !== undefined && member !== undefined) return results.get(Number(step))?.[member];
  return value.replaceAll('<bucket>', bucket);
}

/** Members whose recorded value is a placeholder say only that they are there. */
function withoutMasks(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => {
      if (value === 'datetime') return [name, expect.any(Date)];
      if (typeof value === 'string' && /^<.*>$/.test(value)) return [name, expect.any(String)];
      if (typeof value === 'object' && value !== null)
        return [name, withoutMasks(Object.fromEntries(Object.entries(value)))];
      return [name, value];
    }),
  );
}

/** Arguments come from the recording, whose shapes are the commands' own. */
function perform(call: string, input: unknown): Promise<object> {
  const { s3 } = fixture;
  const argument = Object(input);
  switch (call) {
    case 'put_object':
      return s3.send(new PutObjectCommand({ Body: new Uint8Array(), ...Object(input) }));
    case 'delete_object':
      return s3.send(new DeleteObjectCommand(argument));
    case 'copy_object':
      return s3.send(new CopyObjectCommand(argument));
    case 'create_multipart_upload':
      return s3.send(new CreateMultipartUploadCommand(argument));
    case 'upload_part':
      return s3.send(new UploadPartCommand(argument));
    case 'complete_multipart_upload':
      return s3.send(new CompleteMultipartUploadCommand(argument));
    default:
      throw new Error(`No command for the recorded call ${call}.`);
  }
}

async function outcomeOf(call: Promise<object>): Promise<Record<string, unknown>> {
  try {
    const output: Record<string, unknown> = { ...(await call) };
    return { ...output, status: Object(output['$metadata']).httpStatusCode };
  } catch (error) {
    return refusalOf(Promise.reject(error));
  }
}

describe('a conditional read', () => {
  const Bucket = 'conditional';
  const Key = 'test-object';
  let etag = '';
  let modified = new Date();
  const second = 1000;

  beforeAll(async () => {
    await fixture.s3.send(new CreateBucketCommand({ Bucket }));
    await fixture.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'data' }));
    const head = await fixture.s3.send(new HeadObjectCommand({ Bucket, Key }));
    etag = head.ETag ?? '';
    modified = head.LastModified ?? modified;
  });

  const get = (conditions: object) => fixture.s3.send(new GetObjectCommand({ Bucket, Key, ...conditions }));
  const copy = (conditions: object) =>
    fixture.s3.send(
      new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/${Key}`, ...conditions }),
    );

  test('that fails is 412 with its condition, or 304', async () => {
    expect(await refusalOf(get({ IfMatch: '"wrong"' }))).toMatchObject({
      code: 'PreconditionFailed',
      status: 412,
      error: { Condition: 'If-Match' },
    });
    expect(await refusalOf(get({ IfUnmodifiedSince: new Date(modified.getTime() - second) }))).toMatchObject({
      status: 412,
      error: { Condition: 'If-Unmodified-Since' },
    });
    for (const conditions of [
      { IfNoneMatch: etag },
      { IfNoneMatch: etag.replaceAll('"', '') },
      { IfNoneMatch: '*' },
      { IfModifiedSince: modified },
    ]) {
      expect(await refusalOf(get(conditions))).toMatchObject({ status: 304 });
    }
    expect(
      await refusalOf(fixture.s3.send(new HeadObjectCommand({ Bucket, Key, IfMatch: 'x' }))),
    ).toMatchObject({ status: 412 });
  });

  test('that holds answers; a date in the future is no condition', async () => {
    const future = new Date(Date.now() + 3600 * second);
    const holding = [
      { IfMatch: etag },
      { IfMatch: `"x", ${etag}` },
      { IfNoneMatch: '"other"' },
      { IfUnmodifiedSince: modified },
      { IfModifiedSince: new Date(modified.getTime() - second) },
      { IfModifiedSince: future },
      { IfMatch: etag, IfUnmodifiedSince: new Date(modified.getTime() - second) },
    ];
    for (const conditions of holding) expect((await get(conditions)).$metadata.httpStatusCode).toBe(200);
  });

  test('of a copy source is 412 throughout', async () => {
    const failing = {
      'If-Match': { CopySourceIfMatch: '"wrong"' },
      'If-None-Match': { CopySourceIfNoneMatch: etag },
      'If-Modified-Since': { CopySourceIfModifiedSince: modified },
      'If-Unmodified-Since': { CopySourceIfUnmodifiedSince: new Date(modified.getTime() - second) },
    };
    for (const [condition, conditions] of Object.entries(failing)) {
      expect(await refusalOf(copy(conditions))).toMatchObject({
        code: 'PreconditionFailed',
        status: 412,
        error: { Condition: `x-amz-copy-source-${condition}` },
      });
    }
    await copy({ CopySourceIfMatch: etag });
  });
});
