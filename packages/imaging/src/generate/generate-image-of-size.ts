import { type EncodeOptions, encode } from './encode.ts';
import type { GeneratedImage } from './generate-image.ts';
import { type GenerateOfSizeOptions, parseGenerateOfSizeOptions } from './options.ts';
import { createRandom, deriveSeed } from './random.ts';
import { type Raster, render } from './render.ts';

/** Largest difference between the size asked for and the size made. */
const TOLERANCE = 0.02;
/** What the search aims at, so that a result is rarely near the edge of the tolerance. */
const AIM = 0.005;
const MAX_RENDERS = 10;
const MAX_CROPS = 12;

/** The quality that a format starts from, the range it may be moved in, and what a megapixel comes to there. */
interface Coding {
  readonly quality: { readonly lowest: number; readonly usual: number; readonly highest: number };
  readonly bytesOfMegapixel: number;
}

const lossless = { lowest: 100, usual: 100, highest: 100 };
const CODINGS: Readonly<Record<GeneratedImage['format'], Coding>> = {
  jpeg: { quality: { lowest: 87, usual: 94, highest: 97 }, bytesOfMegapixel: 370_000 },
  webp: { quality: { lowest: 76, usual: 90, highest: 96 }, bytesOfMegapixel: 300_000 },
  avif: { quality: { lowest: 60, usual: 72, highest: 84 }, bytesOfMegapixel: 150_000 },
  png: { quality: lossless, bytesOfMegapixel: 2_200_000 },
  tiff: { quality: lossless, bytesOfMegapixel: 2_300_000 },
  gif: { quality: lossless, bytesOfMegapixel: 700_000 },
};
/** Larger pictures of a scene are smoother: bytes grow as this power of the pixels. */
const GROWTH = 0.9;

/**
 * Makes a picture whose file is within 2 % of a size. All of its bytes are picture: nothing is padded.
 * First the number of pixels, then the quality brings the file just above the size; then rows are cropped
 * off until it fits.
 *
 * @throws {InvalidOptionsError} for options that are wrong or that the format cannot store.
 */
export async function generateImageOfSize(options: GenerateOfSizeOptions): Promise<GeneratedImage> {
  const { sizeBytes, ...picture } = parseGenerateOfSizeOptions(options);
  const coding = CODINGS[picture.format];
  const aspect = createRandom(deriveSeed(picture.seed, 2)).pick([3 / 2, 4 / 3, 16 / 9]);

  const bytesOfMegapixel = (coding.bytesOfMegapixel * picture.bitDepth) / 8;
  let pixels = 1e6 * (sizeBytes / bytesOfMegapixel) ** (1 / GROWTH);
  for (let attempt = 1; attempt <= MAX_RENDERS; attempt += 1) {
    const widthPx = Math.max(16, Math.round(Math.sqrt(pixels * aspect)));
    const heightPx = Math.max(16, Math.round(pixels / widthPx));
    const raster = render({ ...picture, widthPx, heightPx });
    const reached = await raiseQuality(raster, picture, coding, sizeBytes);
    if (reached.kind === 'fits') {
      const image = await cropToSize(
        raster,
        { ...picture, quality: reached.quality },
        reached.data,
        sizeBytes,
      );
      if (image !== undefined) return image;
    }
    // A little more than needed: what is too much can be cropped, what is missing costs another picture. One that fitted, and of
    // which no number of rows did, is near the size already: the next must differ from it, or it would be the same again.
    const excess = reached.kind === 'fits' ? 1.04 + 0.04 * attempt : 1.04;
    pixels *= ((excess * sizeBytes) / reached.data.byteLength) ** (1 / GROWTH);
  }
  throw new Error(
    `expected a ${picture.format} of ${sizeBytes} bytes within ${MAX_RENDERS} pictures for seed ${picture.seed}`,
  );
}

type Reached =
  | { readonly kind: 'fits'; readonly data: Buffer; readonly quality: number }
  | { readonly kind: 'too-small' | 'too-large'; readonly data: Buffer };

/** Finds the lowest quality of the allowed ones whose file is at least as large as asked. */
async function raiseQuality(
  raster: Raster,
  options: Omit<EncodeOptions, 'quality'>,
  { quality: { lowest, usual, highest } }: Coding,
  sizeBytes: number,
): Promise<Reached> {
  const encodeAt = (quality: number): Promise<Buffer> => encode(raster, { ...options, quality });
  let data = await encodeAt(usual);
  let quality = usual;
  while (data.byteLength < sizeBytes && quality < highest) data = await encodeAt(++quality);
  if (data.byteLength < sizeBytes) return { kind: 'too-small', data };
  while (data.byteLength > sizeBytes * 1.05 && quality > lowest) {
    const smaller = await encodeAt(quality - 1);
    if (smaller.byteLength < sizeBytes) break;
    data = smaller;
    quality -= 1;
  }
  return data.byteLength > sizeBytes * 1.3 ? { kind: 'too-large', data } : { kind: 'fits', data, quality };
}

/** Takes rows off the bottom until the file fits; undefined if no number of rows does. */
async function cropToSize(
  raster: Raster,
  options: EncodeOptions,
  whole: Buffer,
  sizeBytes: number,
): Promise<GeneratedImage | undefined> {
  let [tooFew, tooFewBytes] = [0, 0];
  let [tooMany, tooManyBytes] = [raster.heightPx, whole.byteLength];
  let best = { data: whole, rows: raster.heightPx };
  const offBy = (data: Buffer): number => Math.abs(data.byteLength / sizeBytes - 1);
  for (let step = 0; step < MAX_CROPS && offBy(best.data) > AIM && tooMany - tooFew > 1; step += 1) {
    const share = (sizeBytes - tooFewBytes) / (tooManyBytes - tooFewBytes);
    const rows = Math.min(tooMany - 1, Math.max(tooFew + 1, Math.round(tooFew + share * (tooMany - tooFew))));
    const data = await encode(cropped(raster, rows), options);
    if (offBy(data) < offBy(best.data)) best = { data, rows };
    if (data.byteLength < sizeBytes) [tooFew, tooFewBytes] = [rows, data.byteLength];
    else [tooMany, tooManyBytes] = [rows, data.byteLength];
  }
  if (offBy(best.data) > TOLERANCE) return undefined;
  const { data, rows } = best;
  return {
    data,
    format: options.format,
    widthPx: raster.widthPx,
    heightPx: rows,
    sizeBytes: data.byteLength,
  };
}

function cropped(raster: Raster, rows: number): Raster {
  return {
    ...raster,
    heightPx: rows,
    pixels: raster.pixels.subarray(0, rows * raster.widthPx * raster.channels),
  };
}
