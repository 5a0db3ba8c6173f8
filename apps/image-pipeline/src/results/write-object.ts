import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import { PipelineError } from '../errors.ts';
import type { Written } from '../wire/branch.ts';
import { sha256Of } from './digest.ts';
import { resultKey } from './keys.ts';
import { readObject } from './read-object.ts';

/** Where results go. */
export interface ResultStore {
  readonly s3: S3Client;
  readonly resultsBucket: string;
}

/** One result of a session. The type of its content follows from its name. */
export interface Result {
  readonly session: string;
  readonly name: string;
  readonly bytes: Uint8Array;
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  json: 'application/json',
};
const CONFLICT_ATTEMPTS = 3;

/** Writes a result over what is there: of the same input it is the same bytes. */
export async function writeResult(store: ResultStore, result: Result): Promise<Written> {
  await store.s3.send(putOf(store, result));
  return writtenOf(result);
}

/**
 * Writes a result where there is none. A second run of the function finds its own bytes there, and that is as good.
 *
 * @throws {PipelineError} where other bytes are there.
 */
export async function writeResultOnce(store: ResultStore, result: Result): Promise<Written> {
  const put = putOf(store, result, { IfNoneMatch: '*' });
  for (let attempt = 1; ; attempt += 1) {
    try {
      await store.s3.send(put);
      return writtenOf(result);
    } catch (error) {
      if (error instanceof Error && error.name === 'PreconditionFailed') break;
      // S3 says so while another write of this key is under way, and asks to try again.
      const isConflict = error instanceof Error && error.name === 'ConditionalRequestConflict';
      if (!isConflict || attempt === CONFLICT_ATTEMPTS) throw error;
    }
  }
  const location = { bucket: store.resultsBucket, key: resultKey(result.session, result.name) };
  const there = await readObject(store.s3, location, Number.POSITIVE_INFINITY);
  if (Buffer.compare(there, result.bytes) === 0) return writtenOf(result);
  throw new PipelineError(
    `s3://${location.bucket}/${location.key}: expected the bytes of this run (SHA-256 ${sha256Of(result.bytes)}), but others are there (${sha256Of(there)}). A result is published once: start with another session.`,
  );
}

function putOf(
  { resultsBucket }: ResultStore,
  { session, name, bytes }: Result,
  condition: { readonly IfNoneMatch?: '*' } = {},
): PutObjectCommand {
  const ContentType = CONTENT_TYPES[name.split('.').at(-1) ?? ''];
  return new PutObjectCommand({
    Bucket: resultsBucket,
    Key: resultKey(session, name),
    Body: bytes,
    ...(ContentType === undefined ? {} : { ContentType }),
    ...condition,
  });
}

function writtenOf({ session, name, bytes }: Result): Written {
  return {
    name,
    key: resultKey(session, name),
    sizeBytes: bytes.byteLength,
    sha256: sha256Of(bytes),
  };
}
