import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { type GeneratedFormat, generateImage } from '../src/index.ts';

export const FORMATS = ['jpeg', 'png', 'webp', 'avif', 'tiff', 'gif'] as const;

/** One small picture in each supported format. */
export async function onePerFormat(): Promise<Record<GeneratedFormat, Buffer>> {
  const make = async (format: GeneratedFormat) =>
    (await generateImage({ seed: 1, widthPx: 120, heightPx: 80, format })).data;
  const [jpeg, png, webp, avif, tiff, gif] = [
    make('jpeg'),
    make('png'),
    make('webp'),
    make('avif'),
    make('tiff'),
    make('gif'),
  ];
  return {
    jpeg: await jpeg,
    png: await png,
    webp: await webp,
    avif: await avif,
    tiff: await tiff,
    gif: await gif,
  };
}

/** A picture of four coloured quarters, so that every turn and mirroring shows: red green / blue white. */
export function quarters(edgePx = 64): Buffer {
  const colours = [
    [220, 30, 30],
    [30, 200, 30],
    [30, 30, 220],
    [240, 240, 240],
  ] as const;
  const pixels = Buffer.alloc(edgePx * edgePx * 3);
  for (let y = 0; y < edgePx; y += 1) {
    for (let x = 0; x < edgePx; x += 1) {
      const quarter = (y < edgePx / 2 ? 0 : 2) + (x < edgePx / 2 ? 0 : 1);
      pixels.set(colours[quarter] ?? [], (y * edgePx + x) * 3);
    }
  }
  return pixels;
}

/** Mean colour of a part of an image, in shares of its width and height. */
export async function colourAt(image: Buffer, x: number, y: number): Promise<readonly number[]> {
  const { data, info } = await sharp(image).raw().toBuffer({ resolveWithObject: true });
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
  return [...data.subarray(at, at + info.channels)];
}

/** A PNG whose header claims a size that its data does not have. */
export function pngClaiming(widthPx: number, heightPx: number): Buffer {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  png.writeUInt32BE(widthPx, 16);
  png.writeUInt32BE(heightPx, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}
