import { describe, expect, it } from 'vitest';

import {
  convolve,
  flipHorizontal,
  flipVertical,
  KERNELS,
  type RawImage,
  rotate90,
  rotate180,
  rotate270,
  toGrey,
  transpose,
} from '../../src/index.ts';
import pillow from '../fixtures/pillow.json' with { type: 'json' };

interface Stored {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixels: string;
}

function imageOf(stored: Stored | undefined, channels: RawImage['channels'] = 3): RawImage {
  if (stored === undefined) throw new Error('expected the fixture to hold this picture');
  const { widthPx, heightPx, pixels } = stored;
  return { widthPx, heightPx, channels, pixels: Uint8Array.from(Buffer.from(pixels, 'hex')) };
}

const picture = imageOf(pillow.picture);
const turned: Readonly<Record<string, Stored>> = pillow.turned;

describe('the same as Pillow, pixel by pixel', () => {
  it('reads what Pillow wrote', () => {
    expect(picture).toMatchObject({ widthPx: 13, heightPx: 11 });
  });

  it.each(Object.entries({ rotate90, rotate180, rotate270, flipHorizontal, flipVertical, transpose }))(
    '%s',
    (name, turn) => {
      expect(turn(picture)).toEqual(imageOf(turned[name]));
    },
  );

  it('grey', () => {
    expect(toGrey(picture)).toEqual(imageOf(pillow.grey, 1));
  });

  it.each(['sharpen', 'smoothMore', 'detail', 'edgeEnhance', 'contour', 'findEdges', 'emboss'] as const)(
    '%s',
    (name) => {
      const ours = convolve(picture, KERNELS[name]).pixels;
      const theirs = imageOf(pillow.filtered[name]).pixels;
      const different = [...ours.keys()].filter((at) => ours[at] !== theirs[at]);
      // There the weighted sum is 17650: exactly 176.5, which Pillow's 32-bit floats miss from below.
      expect(different).toEqual(name === 'smoothMore' ? [143] : []);
      expect(ours[143]).toBe((theirs[143] ?? 0) + (name === 'smoothMore' ? 1 : 0));
    },
  );
});
