import { InvalidOptionsError } from '../errors.ts';

/** Decoded pixels, row by row from the top, channels interleaved: red, green, blue, or grey alone. One byte a sample. */
export interface RawImage {
  readonly pixels: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 1 | 3;
}

/** A black image to be written to. @throws {InvalidOptionsError} for a size that no image has. */
export function blankImage({ widthPx, heightPx, channels }: Omit<RawImage, 'pixels'>): RawImage {
  const sizeBytes = widthPx * heightPx * channels;
  const areEdges = [widthPx, heightPx].every((edgePx) => Number.isSafeInteger(edgePx) && edgePx > 0);
  if (!areEdges || !Number.isSafeInteger(sizeBytes)) {
    throw new InvalidOptionsError([
      `expected a width and a height of whole pixels, at least 1, but received ${widthPx} x ${heightPx}`,
    ]);
  }
  return { pixels: new Uint8Array(sizeBytes), widthPx, heightPx, channels };
}

/** @throws {InvalidOptionsError} where the pixels are not as many as the size says: an operation would read past their end. */
export function checkRawImage({ pixels, widthPx, heightPx, channels }: RawImage): void {
  const expected = widthPx * heightPx * channels;
  const areEdges = [widthPx, heightPx].every((edgePx) => Number.isSafeInteger(edgePx) && edgePx > 0);
  if (areEdges && pixels.length === expected) return;
  throw new InvalidOptionsError([
    `expected ${widthPx} x ${heightPx} x ${channels} samples of pixels but received ${pixels.length}`,
  ]);
}

/** @throws {InvalidOptionsError} for an image that has colours: `toGrey` makes one that has not. */
export function checkGrey(image: RawImage): void {
  checkRawImage(image);
  if (image.channels === 1) return;
  throw new InvalidOptionsError([`expected an image of 1 channel but received one of ${image.channels}`]);
}
