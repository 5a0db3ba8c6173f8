import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusalOf, type S3Fixture, startS3 } from './s3-fixture.ts';

const Bucket = 'contended';
let fixture: S3Fixture;
beforeAll(async () => {
  fixture = await startS3();
  await fixture.s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  expect(fixture.faults).toEqual([]);
  await fixture[Symbol.asyncDispose]();
});

const put = (Key: string, Body: string, more = {}) =>
  fixture.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const read = async (Key: string) => {
  const output = await fixture.s3.send(new GetObjectCommand({ Bucket, Key }));
  return { text: (await output.Body?.transformToString()) ?? '', etag: output.ETag };
};

test('of 50 who create one object, one wins', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 50 }, (_, index) => put('once', `writer ${index}`, { IfNoneMatch: '*' })),
  );
  const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
  expect(winners).toHaveLength(1);
  expect((await read('once')).text).toBe(`writer ${winners[0]}`);
  const codes = outcomes.flatMap((one) => (one.status === 'rejected' ? [Object(one.reason).name] : []));
  expect(new Set(codes)).toEqual(new Set(['PreconditionFailed']));
  expect(await fixture.blobs()).toHaveLength(1);
});

test('8 who append by compare and swap lose no line', async () => {
  await put('log', '');
  const append = async (line: string): Promise<void> => {
    for (;;) {
      const { text, etag } = await read('log');
      try {
        await put('log', `${text}${line}\n`, { IfMatch: etag });
        return;
      } catch (error) {
        const { status } = await refusalOf(Promise.reject(error));
        if (status !== 412) throw error;
      }
    }
  };
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let line = 0; line < 10; line++) await append(`${writer}-${line}`);
    }),
  );
  const lines = (await read('log')).text.trim().split('\n');
  expect(new Set(lines).size).toBe(80);
  expect(lines).toHaveLength(80);
});

test('readers during overwrites see one version whole', async () => {
  // Larger than what is answered from memory, so that the streaming path is read, too.
  const version = (letter: string) => letter.repeat(1_300_000);
  await put('torn', version('a'));
  let writing = true;
  const readers = Array.from({ length: 3 }, async () => {
    const seen: string[] = [];
    while (writing) {
      const { text } = await read('torn');
      expect(text).toBe(version(text[0] ?? ''));
      seen.push(text[0] ?? '');
    }
    return seen;
  });
  for (const letter of 'bcdefghijk') await put('torn', version(letter));
  writing = false;
  const seen = (await Promise.all(readers)).flat();
  expect(seen.length).toBeGreaterThan(0);
});
