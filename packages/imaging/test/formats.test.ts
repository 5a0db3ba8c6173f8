import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import { configureSharp, generateImage, processImage } from '../src/index.ts';
import { colourAt, onePerFormat, quarters } from './pictures.ts';

beforeAll(configureSharp);

const raw = { raw: { width: 64, height: 64, channels: 3 } } as const;
const close = (expected: readonly number[]) => expected.map((value) => expect.closeTo(value, -1.4));

test('every supported format becomes a JPEG of 800 x 600 without metadata, with facts of input and output', async () => {
  for (const [format, bytes] of Object.entries(await onePerFormat())) {
    const { data, input, output, processingTimeMs } = await processImage(bytes, { name: `a.${format}` });
    expect(input).toEqual({ format, widthPx: 120, heightPx: 80, sizeBytes: bytes.byteLength });
    expect(output).toEqual({ format: 'jpeg', widthPx: 800, heightPx: 600, sizeBytes: data.byteLength });
    expect(processingTimeMs).toBeGreaterThan(0);
    const {
      format: made,
      space,
      channels,
      chromaSubsampling,
      isProgressive,
      exif,
      icc,
    } = await sharp(data).metadata();
    expect({ made, space, channels, chromaSubsampling, isProgressive, exif, icc }).toEqual({
      made: 'jpeg',
      space: 'srgb',
      channels: 3,
      chromaSubsampling: '4:2:0',
      isProgressive: false,
      exif: undefined,
      icc: undefined,
    });
  }
});

test('a path and its bytes give the same bytes, again and again', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'skyground-imaging-'));
  try {
    for (const [format, bytes] of Object.entries(await onePerFormat())) {
      const path = join(folder, `it's a+b ü.${format}`);
      await writeFile(path, bytes);
      const [fromPath, fromBytes, again] = [
        await processImage(path),
        await processImage(bytes),
        await processImage(bytes),
      ];
      expect(fromPath.data.equals(fromBytes.data), format).toBe(true);
      expect(fromBytes.data.equals(again.data), format).toBe(true);
      expect(fromPath.input).toEqual(fromBytes.input);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.for([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  'EXIF orientation %i is applied and removed',
  async (orientation) => {
    // Same scene, stored turned: shown upright it must be the picture that orientation 1 is.
    const scene = { seed: 3, widthPx: 192, heightPx: 128, text: 'PIER 7', format: 'png' } as const;
    const half = { widthPx: 96, heightPx: 64 };
    const stored = (await generateImage({ ...scene, orientation })).data;
    const upright = (await generateImage(scene)).data;
    const turned = await processImage(stored, half);
    const straight = await processImage(upright, half);
    expect(turned.input).toMatchObject({ widthPx: 192, heightPx: 128 });
    expect((await sharp(turned.data).metadata()).orientation).toBeUndefined();
    expect(await meanDifference(turned.data, straight.data)).toBeLessThan(2);
  },
);

test.for([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  'facts of a JPEG are as displayed under orientation %i',
  async (orientation) => {
    const { data } = await generateImage({
      seed: 3,
      widthPx: 90,
      heightPx: 40,
      orientation,
      progressive: orientation > 4,
    });
    const { autoOrient } = await sharp(data).metadata();
    expect((await processImage(data)).input).toMatchObject({
      widthPx: autoOrient.width,
      heightPx: autoOrient.height,
    });
    expect([autoOrient.width, autoOrient.height]).toEqual([90, 40]);
  },
);

test('a JPEG whose EXIF is broken still has its facts', async () => {
  const { data } = await generateImage({ seed: 3, widthPx: 90, heightPx: 40, orientation: 6 });
  const entries = data.indexOf('Exif') + 6 + 8;
  data.writeUInt16LE(60_000, entries);
  const { autoOrient } = await sharp(data).metadata();
  expect((await processImage(data)).input).toMatchObject({
    widthPx: autoOrient.width,
    heightPx: autoOrient.height,
  });
});

test('orientation is meant as EXIF defines it: 6 shows the stored top left corner at the top right', async () => {
  const stored = await sharp(quarters(), raw).withMetadata({ orientation: 6 }).png().toBuffer();
  const { data } = await processImage(stored);
  expect(await colourAt(data, 0.9, 0.1)).toEqual(close([220, 30, 30]));
  expect(await colourAt(data, 0.1, 0.1)).toEqual(close([30, 30, 220]));
});

test('transparency is laid on white, 16 bits become 8', async () => {
  const half = {
    width: 32,
    height: 32,
    channels: 4,
    background: { r: 0, g: 0, b: 255, alpha: 0.5 },
  } as const;
  const clear = { ...half, background: { r: 255, g: 0, b: 0, alpha: 0 } } as const;
  expect(
    await colourAt((await processImage(await sharp({ create: half }).png().toBuffer())).data, 0.5, 0.5),
  ).toEqual(close([127, 127, 255]));
  const deep = await sharp({ create: clear }).toColourspace('rgb16').png().toBuffer();
  expect((await sharp(deep).metadata()).depth).toBe('ushort');
  expect(await colourAt((await processImage(deep)).data, 0.5, 0.5)).toEqual(close([255, 255, 255]));
});

test('16-bit, grey, CMYK and wide-gamut pictures keep their colours in sRGB', async () => {
  const picture = sharp(quarters(), raw).png();
  const variants = {
    sixteenBit: await picture.clone().toColourspace('rgb16').png().toBuffer(),
    wideGamut: await picture
      .clone()
      .withIccProfile('p3')
      .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
      .toBuffer(),
  };
  for (const [name, bytes] of Object.entries(variants)) {
    const { data } = await processImage(bytes);
    expect(await colourAt(data, 0.1, 0.1), name).toEqual(close([220, 30, 30]));
    expect(await colourAt(data, 0.9, 0.9), name).toEqual(close([240, 240, 240]));
  }
  const cmyk = await picture.clone().toColourspace('cmyk').jpeg().toBuffer();
  expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
  const [red = 0, green = 0, blue = 0] = await colourAt((await processImage(cmyk)).data, 0.1, 0.1);
  expect(red - Math.max(green, blue)).toBeGreaterThan(100);
  const grey = await picture.clone().greyscale().toColourspace('b-w').png().toBuffer();
  const { data } = await processImage(grey);
  expect((await sharp(data).metadata()).channels).toBe(3);
});

test('of an animation or a file of many pages, the first picture is used', async () => {
  const red = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  const blue = await sharp({ create: { width: 40, height: 30, channels: 3, background: 'blue' } })
    .png()
    .toBuffer();
  const pages = () => sharp([red, blue], { join: { animated: true } });
  for (const bytes of [
    await pages().gif().toBuffer(),
    await pages().webp().toBuffer(),
    await pages().tiff().toBuffer(),
  ]) {
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    const { data, input } = await processImage(bytes);
    expect(input).toMatchObject({ widthPx: 40, heightPx: 30 });
    expect(await colourAt(data, 0.5, 0.5)).toEqual(close([255, 0, 0]));
  }
});

describe('size and coding', () => {
  test('any picture and any box: fill and cover are exact, inside keeps the aspect ratio and touches the box', async () => {
    const edge = fc.integer({ min: 1, max: 300 });
    await fc.assert(
      fc.asyncProperty(edge, edge, edge, edge, async (width, height, widthPx, heightPx) => {
        const bytes = await sharp({ create: { width, height, channels: 3, background: 'teal' } })
          .png()
          .toBuffer();
        for (const fit of ['fill', 'cover'] as const) {
          expect((await processImage(bytes, { widthPx, heightPx, fit })).output).toMatchObject({
            widthPx,
            heightPx,
          });
        }
        const { output } = await processImage(bytes, { widthPx, heightPx, fit: 'inside' });
        const scale = Math.min(widthPx / width, heightPx / height);
        expect(Math.abs(output.widthPx - Math.max(1, width * scale))).toBeLessThanOrEqual(1);
        expect(Math.abs(output.heightPx - Math.max(1, height * scale))).toBeLessThanOrEqual(1);
        expect(output.widthPx === widthPx || output.heightPx === heightPx).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('cover crops the middle, fill squeezes', async () => {
    const bytes = await sharp(quarters(), raw).png().toBuffer();
    const cover = await processImage(bytes, { widthPx: 60, heightPx: 20, fit: 'cover' });
    expect(await colourAt(cover.data, 0.1, 0.9)).toEqual(close([30, 30, 220]));
    const fill = await processImage(bytes, { widthPx: 60, heightPx: 20 });
    expect(await colourAt(fill.data, 0.9, 0.1)).toEqual(close([30, 200, 30]));
  });

  test('quality, chroma and mozjpeg reach the encoder', async () => {
    const bytes = (await generateImage({ seed: 1, widthPx: 300, heightPx: 200 })).data;
    const [usual, low, chroma, moz] = [
      await processImage(bytes),
      await processImage(bytes, { quality: 40 }),
      await processImage(bytes, { chromaSubsampling: '4:4:4' }),
      await processImage(bytes, { mozjpeg: true }),
    ];
    expect(low.output.sizeBytes).toBeLessThan(usual.output.sizeBytes);
    expect((await sharp(chroma.data).metadata()).chromaSubsampling).toBe('4:4:4');
    expect((await sharp(moz.data).metadata()).isProgressive).toBe(true);
    expect(moz.output.sizeBytes).toBeLessThan(usual.output.sizeBytes);
  });
});

async function meanDifference(a: Buffer, b: Buffer): Promise<number> {
  const [pixelsA, pixelsB] = [await sharp(a).raw().toBuffer(), await sharp(b).raw().toBuffer()];
  expect(pixelsA.length).toBe(pixelsB.length);
  return pixelsA.reduce((sum, value, i) => sum + Math.abs(value - (pixelsB[i] ?? 0)), 0) / pixelsA.length;
}
