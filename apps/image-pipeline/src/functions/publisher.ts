import { decodeImage } from '@skyground/imaging';
import * as z from 'zod';

import { BRANCHES } from '../branches.ts';
import { PipelineError } from '../errors.ts';
import { type FutureInput, futureOf } from '../publish/future-input.ts';
import { type Publishable, type Published, publish } from '../publish/publish.ts';
import { resultKey } from '../results/keys.ts';
import { checkDigest, readObject } from '../results/read-object.ts';
import { branchResultSchema } from '../wire/branch.ts';
import { sourceSchema } from '../wire/image.ts';
import { sessionSchema } from '../wire/session.ts';
import type { FunctionContext } from './function-context.ts';
import { MAX_IMAGE_BYTES } from './limits.ts';

const publisherInputSchema = z.strictObject({
  session: sessionSchema,
  source: sourceSchema,
  /** What the branches answered, or futures of it. */
  branches: z.array(z.unknown()).length(BRANCHES.length),
});

/**
 * Publishes the results of the four branches: a manifest and a contact sheet. Where some are still to come it first publishes what is
 * there, and the complete result when all have come.
 *
 * @throws {PipelineError} where another complete result of this session is there.
 */
export async function publisher(input: unknown, context: FunctionContext): Promise<Published> {
  const { session, source, branches } = publisherInputSchema.parse(input);
  const about = { session, source };
  const futures = branches.map(futureOf);
  const isThere = futures.map(({ isResolved }) => isResolved);
  // All at once: each strip is read when its branch has come, while others are waited for.
  const loading = futures.map((future) => load(future, session, context));
  const everything = Promise.all(loading);
  // A failure is heard where it is awaited, which may be after it has happened.
  everything.catch(() => {});
  if (isThere.includes(false) && isThere.includes(true)) {
    const there = await Promise.all(loading.filter((_branch, index) => isThere[index]));
    await publish('partial', about, there, context);
  }
  const complete = await everything;
  const names = new Set(complete.map(({ result }) => result.branch));
  if (names.size < BRANCHES.length) {
    throw new PipelineError(
      `Publisher: expected one result of each of ${BRANCHES.join(', ')}, received ${complete.map(({ result }) => result.branch).join(', ')}.`,
    );
  }
  return publish('final', about, complete, context);
}

async function load(future: FutureInput, session: string, context: FunctionContext): Promise<Publishable> {
  const result = branchResultSchema.parse(await future.value());
  const location = { bucket: context.resultsBucket, key: resultKey(session, result.strip.name) };
  const bytes = await readObject(context.s3, location, MAX_IMAGE_BYTES);
  checkDigest(bytes, result.strip.sha256, `s3://${location.bucket}/${location.key}`);
  const { image } = await decodeImage(bytes, { name: result.strip.name });
  return { result, strip: image };
}
