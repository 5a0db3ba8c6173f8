import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { type GenerateOptions, generateImage, generateImageOfSize } from '../src/index.ts';

const small = { widthPx: 96, heightPx: 64 } as const;

test('the same seed gives the same bytes, another seed another picture', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), fc.nat(), async (seed, other) => {
      fc.pre(seed !== other);
      const first = await generateImage({ seed, ...small });
      expect((await generateImage({ seed, ...small })).data.equals(first.data)).toBe(true);
      expect((await generateImage({ seed: other, ...small })).data.equals(first.data)).toBe(false);
    }),
    { numRuns: 15 },
  );
});

test.for<[GenerateOptions, object]>([
  [
    { seed: 1, ...small },
    { format: 'jpeg', isProgressive: false, width: 96, height: 64, depth: 'uchar' },
  ],
  [
    { seed: 1, ...small, progressive: true },
    { format: 'jpeg', isProgressive: true },
  ],
  [
    { seed: 1, ...small, orientation: 6 },
    { format: 'jpeg', orientation: 6, width: 64, height: 96 },
  ],
  [
    { seed: 1, ...small, format: 'png', alpha: true },
    { format: 'png', hasAlpha: true, depth: 'uchar' },
  ],
  [
    { seed: 1, ...small, format: 'png', bitDepth: 16 },
    { format: 'png', hasAlpha: false, depth: 'ushort' },
  ],
  [
    { seed: 1, ...small, format: 'png', bitDepth: 16, alpha: true },
    { hasAlpha: true, depth: 'ushort', channels: 4 },
  ],
  [
    { seed: 1, ...small, format: 'webp', alpha: true },
    { format: 'webp', hasAlpha: true },
  ],
  [
    { seed: 1, ...small, format: 'tiff', bitDepth: 16 },
    { format: 'tiff', depth: 'ushort' },
  ],
  [{ seed: 1, ...small, format: 'gif' }, { format: 'gif' }],
  [
    { seed: 1, ...small, format: 'avif' },
    { format: 'heif', compression: 'av1' },
  ],
])('makes what is asked for: %o', async ([options, expected]) => {
  expect(await sharp((await generateImage(options)).data).metadata()).toMatchObject(expected);
});

test('16 bits hold more than 8: pixels differ in their lower bytes', async () => {
  const { data } = await generateImage({ seed: 1, ...small, format: 'png', bitDepth: 16 });
  const pixels = await sharp(data).toColourspace('rgb16').raw({ depth: 'ushort' }).toBuffer();
  const values = new Uint16Array(pixels.buffer, pixels.byteOffset, pixels.byteLength / 2);
  expect(values.filter((value) => value % 257 !== 0).length).toBeGreaterThan(values.length / 2);
});

test('the spectrum falls off as that of photographs: amplitude about 1/f', async () => {
  // Mean squared difference over a distance grows with the distance; noise alone would stay level.
  const { data } = await generateImage({
    seed: 5,
    widthPx: 768,
    heightPx: 512,
    kind: 'lake',
    palette: 'noon',
  });
  const { data: grey, info } = await sharp(data).greyscale().raw().toBuffer({ resolveWithObject: true });
  const differenceOver = (distance: number): number => {
    let sum = 0;
    for (let i = 0; i + distance * info.width < grey.length; i += 1) {
      sum += ((grey[i] ?? 0) - (grey[i + distance * info.width] ?? 0)) ** 2;
    }
    return sum / grey.length;
  };
  const [near, middle, far] = [differenceOver(1), differenceOver(8), differenceOver(64)];
  expect(middle).toBeGreaterThan(near * 1.5);
  expect(far).toBeGreaterThan(middle * 1.5);
});

describe('files of a size', () => {
  test.for([0.1, 0.5, 1, 3, 10])('%d MB, within 2 %', async (sizeMb) => {
    const { data, widthPx, heightPx, sizeBytes } = await generateImageOfSize({
      seed: 7,
      sizeBytes: sizeMb * 1e6,
    });
    expect(sizeBytes).toBe(data.byteLength);
    expect(Math.abs(sizeBytes / (sizeMb * 1e6) - 1)).toBeLessThanOrEqual(0.02);
    expect(await sharp(data).metadata()).toMatchObject({ format: 'jpeg', width: widthPx, height: heightPx });
  });

  test('any seed and size, in every format', async () => {
    const format = fc.constantFrom('jpeg', 'png', 'webp', 'tiff', 'gif', 'avif' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 10_000, max: 60_000 }),
        format,
        async (seed, sizeBytes, format) => {
          const { data } = await generateImageOfSize({ seed, sizeBytes, format });
          expect(Math.abs(data.byteLength / sizeBytes - 1)).toBeLessThanOrEqual(0.02);
          await sharp(data, { failOn: 'warning' }).stats();
        },
      ),
      // Once no number of rows of any of the pictures fitted: each was like the one before.
      { numRuns: 25, examples: [[1_574_600_446, 10_008, 'webp']] },
    );
  });

  test('the same options give the same bytes', async () => {
    const options = { seed: 12, sizeBytes: 50_000, format: 'webp' } as const;
    expect((await generateImageOfSize(options)).data.equals((await generateImageOfSize(options)).data)).toBe(
      true,
    );
  });
});

test('what a format cannot store is refused, with every problem named', async () => {
  await expect(generateImage({ seed: 1, ...small, alpha: true, bitDepth: 16 })).rejects.toMatchObject({
    name: 'InvalidOptionsError',
    problems: [
      'expected one of png, webp, avif, tiff for format with alpha but received jpeg',
      'expected one of png, tiff for format with bitDepth 16 but received jpeg',
    ],
  });
  await expect(generateImage({ seed: -1, widthPx: 4, heightPx: 64, text: 'ü' })).rejects.toThrow(
    /for seed .* for text .* for widthPx/,
  );
});
