import sharp, { type Sharp } from 'sharp';

import { checkRawImage, type RawImage } from './raw-image.ts';

/** As the origin of these operations has it, and as `processImage` has it. */
const JPEG_QUALITY = 85;

/** A baseline JPEG, 4:2:0, without metadata. The same pixels give the same bytes. */
export function encodeJpeg(image: RawImage): Promise<Buffer> {
  return pixelsOf(image).jpeg({ quality: JPEG_QUALITY, chromaSubsampling: '4:2:0' }).toBuffer();
}

/** A PNG without metadata: no pixel is changed. The same pixels give the same bytes. */
export function encodePng(image: RawImage): Promise<Buffer> {
  return pixelsOf(image).png({ compressionLevel: 6 }).toBuffer();
}

/** libvips on pixels. */
export function pixelsOf(image: RawImage): Sharp {
  checkRawImage(image);
  const { pixels, widthPx: width, heightPx: height, channels } = image;
  const opened = sharp(pixels, { raw: { width, height, channels } });
  // Else an image of one channel would be stored as three.
  return channels === 1 ? opened.toColourspace('b-w') : opened;
}
