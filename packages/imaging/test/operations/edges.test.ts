import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { canny, laplacian, type RawImage, rotate180, sobel, toGrey, transpose } from '../../src/index.ts';
import { anyGrey, greyOf, level, rowsOf } from './images.ts';

const THRESHOLDS = { low: 100, high: 200 };

/** Dark on the left, bright from a column on. */
function step(widthPx: number, heightPx: number, column: number, bright: number): RawImage {
  return greyOf(
    Array.from({ length: heightPx }, () =>
      Array.from({ length: widthPx }, (_none, x) => (x < column ? 0 : bright)),
    ),
  );
}

describe('a grey image of one level', () => {
  it('has no edge by any of them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.nat(255),
        (w, h, value) => {
          const image = level(w, h, value);
          for (const edges of [sobel(image), laplacian(image), canny(image, THRESHOLDS)])
            expect(edges).toEqual(level(w, h, 0));
        },
      ),
    );
  });
});

describe('Sobel', () => {
  it('by hand: one bright pixel', () => {
    const dot = greyOf([[0, 0, 0], [0, 40, 0], [0, 0, 0]]); // biome-ignore format: as an image
    // At a corner 40 in both directions: 56.57; beside it 80 in one; in the middle the sides cancel.
    expect(rowsOf(sobel(dot))).toEqual([[57, 80, 57], [80, 0, 80], [57, 80, 57]]); // biome-ignore format: as an image
  });

  it('by hand: a step is four times as steep, over two columns, up to the edge of the image', () => {
    expect(rowsOf(sobel(step(5, 2, 2, 30)))).toEqual([[0, 120, 120, 0, 0], [0, 120, 120, 0, 0]]); // biome-ignore format: as an image
    expect(rowsOf(sobel(step(4, 1, 2, 200)))).toEqual([[0, 255, 255, 0]]);
  });

  it('turns and mirrors with the image', () => {
    fc.assert(
      fc.property(anyGrey(), (image) => {
        expect(sobel(rotate180(image))).toEqual(rotate180(sobel(image)));
        expect(sobel(transpose(image))).toEqual(transpose(sobel(image)));
      }),
    );
  });
});

describe('the Laplacian', () => {
  it('by hand: one bright pixel, and a ramp that has none', () => {
    const dot = greyOf([[0, 0, 0], [0, 40, 0], [0, 0, 0]]); // biome-ignore format: as an image
    expect(rowsOf(laplacian(dot))).toEqual([[0, 40, 0], [40, 160, 40], [0, 40, 0]]); // biome-ignore format: as an image
    expect(rowsOf(laplacian(greyOf([[0, 10, 20, 30]])))).toEqual([[10, 0, 0, 10]]);
    expect(rowsOf(laplacian(greyOf([[0, 255, 0]])))).toEqual([[255, 255, 255]]);
  });

  it('turns and mirrors with the image', () => {
    fc.assert(
      fc.property(anyGrey(), (image) => {
        expect(laplacian(rotate180(image))).toEqual(rotate180(laplacian(image)));
        expect(laplacian(transpose(image))).toEqual(transpose(laplacian(image)));
      }),
    );
  });
});

describe('Canny', () => {
  it('finds a step once, one pixel wide, but not on the outermost pixels', () => {
    const edges = rowsOf(canny(step(12, 6, 6, 200), THRESHOLDS));
    expect(edges).toEqual([
      Array.from({ length: 12 }, () => 0),
      ...Array.from({ length: 4 }, () => [0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0]),
      Array.from({ length: 12 }, () => 0),
    ]);
  });

  it('finds the outline of a square, closed but for its corners', () => {
    const square = greyOf(
      Array.from({ length: 24 }, (_row, y) =>
        Array.from({ length: 24 }, (_column, x) => (x >= 8 && x < 16 && y >= 8 && y < 16 ? 220 : 0)),
      ),
    );
    const edges = canny(square, THRESHOLDS);
    const found = [...edges.pixels.keys()].filter((at) => edges.pixels[at] === 255);
    expect(found.length).toBeGreaterThanOrEqual(24);
    for (const at of found) {
      const fromOutline = Math.abs(
        Math.max(Math.abs((at % 24) - 11.5), Math.abs(Math.floor(at / 24) - 11.5)) - 4,
      );
      expect(fromOutline).toBeLessThanOrEqual(1.5);
    }
  });

  it('follows a weak edge from a strong one, and drops one that is weak alone', () => {
    // A step that fades downwards from 200 to 26. Smoothed, each is 2.75 times as steep: 550 to 72.
    const fading = greyOf(
      Array.from({ length: 30 }, (_none, y) =>
        Array.from({ length: 12 }, (_column, x) => (x < 6 ? 0 : 200 - 6 * y)),
      ),
    );
    const thresholds = { low: 40, high: 300 };
    const edgesInRows = (image: RawImage) =>
      rowsOf(canny(image, thresholds))
        .slice(20, 25)
        .map((row) => row.filter((value) => value === 255).length);
    expect(edgesInRows(fading)).toEqual([1, 1, 1, 1, 1]);
    expect(edgesInRows(step(12, 30, 6, 80))).toEqual([0, 0, 0, 0, 0]);
  });

  it('is black or white, and a lower threshold never finds less', () => {
    fc.assert(
      fc.property(anyGrey(), fc.integer({ min: 1, max: 400 }), fc.nat(400), (image, low, more) => {
        const strict = canny(image, { low, high: low + more }).pixels;
        const lax = canny(image, { low, high: low }).pixels;
        for (const [at, value] of strict.entries()) {
          expect([0, 255]).toContain(value);
          expect(lax[at]).toBeGreaterThanOrEqual(value);
        }
      }),
    );
  });
});

describe('an image with colours', () => {
  it('is refused by each: it has to be made grey first', () => {
    const colours: RawImage = { pixels: new Uint8Array(12), widthPx: 2, heightPx: 2, channels: 3 };
    for (const edges of [sobel, laplacian, (image: RawImage) => canny(image, THRESHOLDS)]) {
      expect(() => edges(colours)).toThrow('expected an image of 1 channel but received one of 3');
      expect(edges(toGrey(colours))).toEqual(level(2, 2, 0));
    }
  });
});
