import { decodeImage, ImagingError } from '@skyground/imaging';

import { sha256Of } from '../results/digest.ts';
import { readObject } from '../results/read-object.ts';
import type { PassedImage } from '../wire/image.ts';
import { type Loaded, workflowInputSchema } from '../wire/workflow-input.ts';
import type { FunctionContext } from './function-context.ts';
import { MAX_IMAGE_BYTES, MAX_INLINE_BYTES, MAX_PIXELS } from './limits.ts';

/**
 * Reads the image, and decodes it once, so that a bad one ends the workflow here instead of four times.
 *
 * @throws {ImagingError} for a bad image. @throws {PipelineError} for one that is not there.
 */
export async function imageLoader(input: unknown, { s3 }: FunctionContext): Promise<Loaded> {
  const { session, image, passing, delays } = workflowInputSchema.parse(input);
  const bytes = await readObject(s3, image, MAX_IMAGE_BYTES);
  const decoded = await decodeImage(bytes, { name: image.key, maxPixels: MAX_PIXELS });
  if (passing === 'inline' && bytes.byteLength > MAX_INLINE_BYTES) {
    const reason = `expected at most ${MAX_INLINE_BYTES.toLocaleString('en')} bytes to be passed inline but received ${bytes.byteLength.toLocaleString('en')}; pass it by key`;
    throw new ImagingError('too-large', image.key, reason);
  }
  const passed: PassedImage =
    passing === 'key'
      ? { kind: 'key', ...image }
      : { kind: 'inline', base64: Buffer.from(bytes).toString('base64') };
  const source = {
    format: decoded.format,
    widthPx: decoded.image.widthPx,
    heightPx: decoded.image.heightPx,
    sizeBytes: bytes.byteLength,
    sha256: sha256Of(bytes),
  };
  return { session, source, image: passed, delays };
}
