import fc from 'fast-check';

import type { RawImage } from '../../src/index.ts';

/** A grey image as its rows are written down. */
export function greyOf(rows: readonly (readonly number[])[]): RawImage {
  return {
    pixels: Uint8Array.from(rows.flat()),
    widthPx: rows[0]?.length ?? 0,
    heightPx: rows.length,
    channels: 1,
  };
}

/** The rows of an image of one channel. */
export function rowsOf({ pixels, widthPx, heightPx }: RawImage): readonly (readonly number[])[] {
  return Array.from({ length: heightPx }, (_none, row) => [
    ...pixels.subarray(row * widthPx, (row + 1) * widthPx),
  ]);
}

/** A grey image of one level. */
export function level(widthPx: number, heightPx: number, value: number): RawImage {
  return { pixels: new Uint8Array(widthPx * heightPx).fill(value), widthPx, heightPx, channels: 1 };
}

/** Any small image. */
export function anyImage(
  channels: fc.Arbitrary<RawImage['channels']> = fc.constantFrom(1, 3),
): fc.Arbitrary<RawImage> {
  return fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }), channels)
    .chain(([widthPx, heightPx, of]) => {
      const length = widthPx * heightPx * of;
      return fc
        .uint8Array({ minLength: length, maxLength: length })
        .map((pixels) => ({ pixels, widthPx, heightPx, channels: of }));
    });
}

export const anyGrey = (): fc.Arbitrary<RawImage> => anyImage(fc.constant(1));
