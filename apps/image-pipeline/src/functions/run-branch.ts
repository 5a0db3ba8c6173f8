import {
  contactSheet,
  decodeImage,
  encodeJpeg,
  encodePng,
  type RawImage,
  thumbnail,
} from '@skyground/imaging';

import type { Branch } from '../branches.ts';
import { STRIP } from '../publish/sheet-layout.ts';
import { checkDigest, readObject } from '../results/read-object.ts';
import { writeResult } from '../results/write-object.ts';
import {
  type BranchInput,
  type BranchResult,
  branchInputSchema,
  type Picture,
  type Written,
} from '../wire/branch.ts';
import type { FunctionContext } from './function-context.ts';
import { MAX_IMAGE_BYTES, MAX_PIXELS } from './limits.ts';
import { wait } from './wait.ts';

/** What a branch makes of the image, by the names of its results. */
export type Operations = Readonly<Record<string, (image: RawImage) => RawImage | Promise<RawImage>>>;

/**
 * One branch: reads the image, makes a picture by each operation, writes them and a strip of them in small, and waits where the
 * scenario says so. Of the same image it writes the same bytes.
 *
 * @throws {PipelineError} where the image is no longer the one that ImageLoader saw.
 */
export async function runBranch(
  branch: Branch,
  operations: Operations,
  rawInput: unknown,
  context: FunctionContext,
): Promise<BranchResult> {
  const startedMs = context.clock.steadyMs();
  const input = branchInputSchema.parse(rawInput);
  const { session } = input;
  const bytes = await bytesOf(input, context);
  const { image } = await decodeImage(bytes, { name: branch, maxPixels: MAX_PIXELS });
  const previews: RawImage[] = [];
  // Writing one picture goes on while the next is made; all have ended when this function does.
  const writes: Promise<Picture>[] = [];
  try {
    for (const [operation, make] of Object.entries(operations)) {
      const made = await make(image);
      const jpeg = await encodeJpeg(made);
      previews.push(await thumbnail(made, STRIP.cell.widthPx));
      const facts = { operation, ...factsOf(made) };
      const written = writeResult(context, { session, name: `${branch}/${operation}.jpg`, bytes: jpeg });
      writes.push(written.then((object) => ({ ...facts, ...object })));
    }
  } finally {
    await Promise.allSettled(writes);
  }
  const pictures = await Promise.all(writes);
  const strip = await writeResult(context, {
    session,
    name: `${branch}/strip.png`,
    bytes: await encodePng(contactSheet(previews, STRIP)),
  });
  await wait(input.delay, startedMs, context.clock);
  return { branch, pictures, strip };
}

async function bytesOf({ image, source }: BranchInput, { s3 }: FunctionContext): Promise<Uint8Array> {
  const isInline = image.kind === 'inline';
  const bytes = isInline ? Buffer.from(image.base64, 'base64') : await readObject(s3, image, MAX_IMAGE_BYTES);
  checkDigest(
    bytes,
    source.sha256,
    isInline ? 'The image passed inline' : `s3://${image.bucket}/${image.key}`,
  );
  return bytes;
}

function factsOf({ pixels, widthPx, heightPx }: RawImage): Omit<Picture, keyof Written | 'operation'> {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 1) sum += pixels[at] ?? 0;
  return { widthPx, heightPx, meanLevel: Math.round((sum / pixels.length) * 1_000) / 1_000 };
}
