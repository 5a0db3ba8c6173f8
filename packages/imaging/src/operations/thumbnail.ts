import { pixelsOf } from './encode-image.ts';
import type { RawImage } from './raw-image.ts';

/** Shrinks an image (Lanczos, three lobes) until it fits a square; its shape stays. A smaller one is not enlarged. */
export async function thumbnail(image: RawImage, edgePx: number): Promise<RawImage> {
  const { data, info } = await pixelsOf(image)
    .resize({ width: edgePx, height: edgePx, fit: 'inside', kernel: 'lanczos3', withoutEnlargement: true })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, widthPx: info.width, heightPx: info.height, channels: image.channels };
}
