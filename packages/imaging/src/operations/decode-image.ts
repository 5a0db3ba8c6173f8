import { checkInput } from '../check-input.ts';
import { decoder, decoding } from '../decoder.ts';
import { ImagingError } from '../errors.ts';
import { MAX_INPUT_PIXELS } from '../limits.ts';
import type { SupportedFormat } from '../sniff.ts';
import type { RawImage } from './raw-image.ts';

export interface DecodeOptions {
  /** What errors call the image. */
  readonly name: string;
  /** Fewer than the package takes, where the decoded picture has to fit a function's memory. */
  readonly maxPixels?: number;
}

/** An image as pixels, and what its file is. */
export interface DecodedImage {
  readonly image: RawImage & { readonly channels: 3 };
  readonly format: SupportedFormat;
}

/**
 * Decodes any image that `processImage` takes: upright, in sRGB, alpha laid on white, of animations and pages the first.
 *
 * @throws {ImagingError} for a bad image, by the same checks.
 */
export async function decodeImage(bytes: Uint8Array, options: DecodeOptions): Promise<DecodedImage> {
  const { name, maxPixels = MAX_INPUT_PIXELS } = options;
  const { format, widthPx, heightPx } = await checkInput(bytes, name);
  if (widthPx * heightPx > maxPixels) {
    const reason = `expected at most ${maxPixels.toLocaleString('en')} pixels but its header says ${widthPx} x ${heightPx}`;
    throw new ImagingError('too-large', name, reason);
  }
  const { data, info } = await decoding(name, () =>
    decoder(bytes).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }),
  );
  return {
    image: { pixels: data, widthPx: info.width, heightPx: info.height, channels: 3 },
    format,
  };
}
