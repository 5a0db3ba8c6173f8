import sharp, { type Sharp } from 'sharp';

import type { Raster } from './render.ts';

export type GeneratedFormat = 'jpeg' | 'png' | 'webp' | 'avif' | 'tiff' | 'gif';
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface EncodeOptions {
  readonly format: GeneratedFormat;
  /** 1 to 100; formats without loss take no notice. */
  readonly quality: number;
  /** Several passes from coarse to fine (JPEG), or Adam7 rows (PNG). */
  readonly progressive: boolean;
  /** EXIF orientation. The pixels are stored turned the other way, so that the picture is upright when shown. */
  readonly orientation: Orientation;
}

/** Compresses pixels. The same pixels and options give the same bytes. */
export async function encode(
  raster: Raster,
  { format, quality, progressive, orientation }: EncodeOptions,
): Promise<Buffer> {
  const { pixels, widthPx: width, heightPx: height, channels } = raster;
  const image = TURNED[orientation](sharp(pixels, { raw: { width, height, channels } }));
  if (pixels instanceof Uint16Array) image.toColourspace('rgb16');
  if (orientation !== 1) image.withMetadata({ orientation });
  switch (format) {
    case 'jpeg':
      return image.jpeg({ quality, progressive }).toBuffer();
    case 'png':
      return image.png({ progressive, compressionLevel: 6 }).toBuffer();
    case 'webp':
      return image.webp({ quality, effort: 2 }).toBuffer();
    case 'avif':
      return image.avif({ quality, effort: 1 }).toBuffer();
    case 'tiff':
      return image.tiff({ compression: 'lzw' }).toBuffer();
    case 'gif':
      return image.gif({ effort: 3 }).toBuffer();
  }
}

/** How an upright picture is stored under each EXIF orientation. sharp mirrors first, then rotates. */
const TURNED: Readonly<Record<Orientation, (image: Sharp) => Sharp>> = {
  1: (image) => image,
  2: (image) => image.flop(),
  3: (image) => image.rotate(180),
  4: (image) => image.flip(),
  5: (image) => image.rotate(90).flip(),
  6: (image) => image.rotate(270),
  7: (image) => image.rotate(90).flop(),
  8: (image) => image.rotate(90),
};
