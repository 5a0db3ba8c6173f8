import fc from 'fast-check';
import { expect, test } from 'vitest';

import { convolve, gaussianBlur, KERNELS, toGrey } from '../../src/index.ts';
import { anyGrey, anyImage, greyOf, level, rowsOf } from './images.ts';

const dot = greyOf([
  [10, 10, 10, 10, 10],
  [10, 10, 10, 10, 10],
  [10, 10, 90, 10, 10],
  [10, 10, 10, 10, 10],
  [10, 10, 10, 10, 10],
]);

test('sharpen, by hand: the outermost pixels stay as they are', () => {
  expect(rowsOf(convolve(dot, KERNELS.sharpen))).toEqual([
    [10, 10, 10, 10, 10],
    // (32 * 10 - 2 * 7 * 10 - 2 * 90) / 16 = 0; and (32 * 90 - 16 * 10) / 16 = 170.
    [10, 0, 0, 0, 10],
    [10, 0, 170, 0, 10],
    [10, 0, 0, 0, 10],
    [10, 10, 10, 10, 10],
  ]);
});

test('emboss, by hand: light from the lower left', () => {
  expect(rowsOf(convolve(dot, KERNELS.emboss))).toEqual([
    [10, 10, 10, 10, 10],
    [10, 128, 128, 48, 10],
    [10, 128, 208, 128, 10],
    [10, 128, 128, 128, 10],
    [10, 10, 10, 10, 10],
  ]);
});

test('halves are rounded up, and sums cut to what a byte holds', () => {
  const kernel = { weights: [0, 0, 0, 0, 1, 0, 0, 0, 0], scale: 2, offset: 0 };
  const around = (value: number) => greyOf([[0, 0, 0], [0, value, 0], [0, 0, 0]]); // biome-ignore format: as an image
  const middle = (value: number, about: object) => convolve(around(value), { ...kernel, ...about }).pixels[4];
  expect([middle(5, {}), middle(255, {}), middle(1, {})]).toEqual([3, 128, 1]);
  expect([middle(200, { offset: 200 }), middle(200, { offset: -200 })]).toEqual([255, 0]);
  expect([middle(255, { offset: 127 }), middle(255, { scale: 1 })]).toEqual([255, 255]);
});

test('the channels of any image are filtered each for itself', () => {
  fc.assert(
    fc.property(
      anyImage(fc.constant(3)),
      fc.constantFrom(...Object.values(KERNELS)),
      fc.nat(2),
      (image, kernel, channel) => {
        const of = (pixels: Uint8Array) => pixels.filter((_value, at) => at % 3 === channel);
        const alone = convolve({ ...image, channels: 1, pixels: of(image.pixels) }, kernel);
        expect(of(convolve(image, kernel).pixels)).toEqual(alone.pixels);
      },
    ),
  );
});

test('the kernels keep a level, or make it black, white or the grey of no relief', () => {
  for (const [name, kernel] of Object.entries(KERNELS)) {
    const inside = convolve(level(5, 5, 77), kernel).pixels[12];
    expect([name, inside]).toEqual([name, { contour: 255, findEdges: 0, emboss: 128 }[name] ?? 77]);
  }
});

test('a kernel that is no square is refused', () => {
  expect(() => convolve(dot, { weights: [1, 2, 3, 4], scale: 1, offset: 0 })).toThrow(
    'expected a kernel of 3 x 3, 5 x 5, ... weights but received 4',
  );
});

// libvips cuts fractions off.
test('Gauss: what a direct computation gives, within one level and a half', async () => {
  const sigmaPx = 2;
  await fc.assert(
    fc.asyncProperty(anyGrey(), async (image) => {
      const blurred = rowsOf(await gaussianBlur(image, sigmaPx));
      const exact = directGauss(rowsOf(image), sigmaPx);
      for (const [y, row] of blurred.entries()) {
        for (const [x, value] of row.entries())
          expect(Math.abs(value - (exact[y]?.[x] ?? Number.NaN))).toBeLessThan(1.5);
      }
    }),
    { numRuns: 30 },
  );
});

test('Gauss keeps a level', async () => {
  expect([...(await gaussianBlur(level(20, 9, 133), 2)).pixels]).toEqual([...level(20, 9, 133).pixels]);
});

test('grey is what the colours weigh', () => {
  const one = (red: number, green: number, blue: number) =>
    toGrey({ pixels: Uint8Array.of(red, green, blue), widthPx: 1, heightPx: 1, channels: 3 }).pixels[0];
  expect([one(255, 0, 0), one(0, 255, 0), one(0, 0, 255), one(255, 255, 255), one(9, 9, 9)]).toEqual([
    76, 150, 29, 255, 9,
  ]);
  fc.assert(
    fc.property(anyGrey(), (image) => {
      expect(toGrey(image)).toEqual(image);
    }),
  );
});

/** Both directions at once in double precision, over as many pixels as libvips takes; edges repeated. */
function directGauss(rows: readonly (readonly number[])[], sigmaPx: number): number[][] {
  const reach = Math.ceil(sigmaPx * Math.sqrt(2 * Math.log(100)));
  const bell = (distance: number) => Math.exp(-(distance ** 2) / (2 * sigmaPx ** 2));
  const at = (list: readonly number[] | undefined, x: number): number =>
    list?.[Math.min(list.length - 1, Math.max(0, x))] ?? Number.NaN;
  return rows.map((row, y) =>
    row.map((_value, x) => {
      let sum = 0;
      let weights = 0;
      for (let down = -reach; down <= reach; down += 1) {
        for (let right = -reach; right <= reach; right += 1) {
          const weight = bell(down) * bell(right);
          sum += weight * at(rows[Math.min(rows.length - 1, Math.max(0, y + down))], x + right);
          weights += weight;
        }
      }
      return sum / weights;
    }),
  );
}
