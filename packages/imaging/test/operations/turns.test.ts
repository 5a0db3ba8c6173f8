import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  flipHorizontal,
  flipVertical,
  type RawImage,
  rotate90,
  rotate180,
  rotate270,
  rotateBicubic,
  transpose,
} from '../../src/index.ts';
import { anyImage, greyOf, level, rowsOf } from './images.ts';

const image = greyOf([
  [1, 2, 3],
  [4, 5, 6],
]);

test.for<[string, (image: RawImage) => RawImage, readonly (readonly number[])[]]>([
  ['rotate90', rotate90, [[4, 1], [5, 2], [6, 3]]], // biome-ignore format: as an image
  ['rotate180', rotate180, [[6, 5, 4], [3, 2, 1]]], // biome-ignore format: as an image
  ['rotate270', rotate270, [[3, 6], [2, 5], [1, 4]]], // biome-ignore format: as an image
  ['flipHorizontal', flipHorizontal, [[3, 2, 1], [6, 5, 4]]], // biome-ignore format: as an image
  ['flipVertical', flipVertical, [[4, 5, 6], [1, 2, 3]]], // biome-ignore format: as an image
  ['transpose', transpose, [[1, 4], [2, 5], [3, 6]]], // biome-ignore format: as an image
])('%s of six pixels', ([, turn, expected]) => {
  expect(rowsOf(turn(image))).toEqual(expected);
});

test('what is turned on and on, or twice mirrored, is what it was', () => {
  fc.assert(
    fc.property(anyImage(), (any) => {
      expect(rotate90(rotate90(rotate90(rotate90(any))))).toEqual(any);
      expect(rotate180(rotate180(any))).toEqual(any);
      expect(rotate270(rotate90(any))).toEqual(any);
      for (const mirror of [flipHorizontal, flipVertical, transpose])
        expect(mirror(mirror(any))).toEqual(any);
      expect(flipVertical(flipHorizontal(any))).toEqual(rotate180(any));
      expect(flipHorizontal(transpose(any))).toEqual(rotate90(any));
    }),
  );
});

test('by whole quarters the bicubic rotation is exact', () => {
  fc.assert(
    fc.property(anyImage(), (any) => {
      expect(rotateBicubic(any, 0)).toEqual(any);
      expect(rotateBicubic(any, 180)).toEqual(rotate180(any));
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat(255)), (edge, levels) => {
      const pixels = Uint8Array.from(levels.take(edge * edge * 3));
      const square: RawImage = { pixels, widthPx: edge, heightPx: edge, channels: 3 };
      expect(rotateBicubic(square, 90)).toEqual(rotate90(square));
      expect(rotateBicubic(square, 270)).toEqual(rotate270(square));
    }),
  );
});

test('45 degrees: a ramp to the right becomes one to the right and downwards, corners are black', () => {
  const edge = 41;
  const centre = 20;
  const ramp = greyOf(
    Array.from({ length: edge }, () => Array.from({ length: edge }, (_none, x) => 40 + 4 * x)),
  );
  const turned = rowsOf(rotateBicubic(ramp, 45));
  const at = (x: number, y: number): number | undefined => turned[centre + y]?.[centre + x];
  // In the middle of it no edge is near, and Keys' kernel keeps a straight line straight.
  for (let x = -9; x <= 9; x += 1) {
    for (let y = -9; y <= 9; y += 1)
      expect(at(x, y)).toBe(Math.floor(120 + 4 * Math.SQRT1_2 * (x + y) + 0.5));
  }
  expect([at(-20, -20), at(20, -20), at(-20, 20), at(20, 20)]).toEqual([0, 0, 0, 0]);
});

test('a level stays a level wherever the image still is', () => {
  expect(new Set(rotateBicubic(level(31, 17, 200), 45).pixels)).toEqual(new Set([0, 200]));
});

test('a size that the pixels do not have is refused', () => {
  for (const turn of [rotate90, (any: RawImage) => rotateBicubic(any, 45)])
    expect(() => turn({ ...image, widthPx: 4 })).toThrow(
      'expected 4 x 2 x 1 samples of pixels but received 6',
    );
});
