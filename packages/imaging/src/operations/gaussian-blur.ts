import { pixelsOf } from './encode-image.ts';
import type { RawImage } from './raw-image.ts';

/** @param sigmaPx standard deviation of the bell; it is cut off where it has fallen below 1 % of its height. */
export async function gaussianBlur(image: RawImage, sigmaPx: number): Promise<RawImage> {
  // With integers libvips is ten times as fast, but makes a level of 133 one of 135.
  const blur = { sigma: sigmaPx, minAmplitude: 0.01, precision: 'float' } as const;
  const pixels = await pixelsOf(image).blur(blur).raw().toBuffer();
  return { ...image, pixels };
}
