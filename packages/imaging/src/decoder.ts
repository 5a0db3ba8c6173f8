import sharp, { type Sharp } from 'sharp';

import { oneLine } from './check-input.ts';
import { ImagingError } from './errors.ts';
import { MAX_INPUT_PIXELS } from './limits.ts';

/** libvips on bytes that have passed `checkInput`: upright, alpha laid on white. Even a warning is a fault. */
export function decoder(bytes: Uint8Array): Sharp {
  // Warnings too: a JPEG that was cut and closed again gives nothing but a warning, and a half grey picture.
  return sharp(bytes, {
    autoOrient: true,
    failOn: 'warning',
    limitInputPixels: MAX_INPUT_PIXELS,
  }).flatten({ background: 'white' });
}

/** Runs what decodes an image. @throws {ImagingError} `truncated` where the decoder meets damage. */
export async function decoding<T>(imageName: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // Too little memory is a fault of the machine; only the image's own faults are permanent.
    if (/out of memory|unable to allocate/i.test(String(error))) throw error;
    const reason = `the image data is cut short or damaged: ${oneLine(error)}`;
    throw new ImagingError('truncated', imageName, reason, { cause: error });
  }
}
