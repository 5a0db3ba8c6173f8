import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';

import {
  configureSharp,
  decodeImage,
  encodeJpeg,
  encodePng,
  gaussianBlur,
  generateImage,
  ImagingError,
  type RawImage,
  rotateBicubic,
  thumbnail,
} from '../../src/index.ts';
import { colourAt, onePerFormat, pngClaiming, quarters } from '../pictures.ts';
import { level } from './images.ts';

beforeAll(configureSharp);

const name = 'a.jpg';

describe('decoding', () => {
  it('takes every format that is processed', async () => {
    for (const [format, bytes] of Object.entries(await onePerFormat())) {
      const decoded = await decodeImage(bytes, { name });
      expect(decoded).toMatchObject({ format, image: { widthPx: 120, heightPx: 80, channels: 3 } });
      expect(decoded.image.pixels).toHaveLength(120 * 80 * 3);
    }
  });

  it('gives a picture upright, grey ones three equal channels, transparent ones white behind', async () => {
    const { data } = await generateImage({ seed: 1, widthPx: 32, heightPx: 16, orientation: 6 });
    expect((await decodeImage(data, { name })).image).toMatchObject({ widthPx: 32, heightPx: 16 });
    const grey = await sharp(Buffer.from([9]), { raw: { width: 1, height: 1, channels: 1 } })
      .png()
      .toBuffer();
    expect([...(await decodeImage(grey, { name })).image.pixels]).toEqual([9, 9, 9]);
    const clear = await sharp(Buffer.alloc(4), { raw: { width: 1, height: 1, channels: 4 } })
      .png()
      .toBuffer();
    expect([...(await decodeImage(clear, { name })).image.pixels]).toEqual([255, 255, 255]);
  });

  it('refuses what processing refuses', async () => {
    const { jpeg } = await onePerFormat();
    const closedAgain = Buffer.concat([jpeg.subarray(0, jpeg.byteLength / 2), jpeg.subarray(-2)]);
    const cases = [
      ['empty', Buffer.alloc(0)],
      ['truncated', jpeg.subarray(0, -1)],
      ['truncated', closedAgain],
      ['wrong-extension', Buffer.from('%PDF-1.7')],
      ['unsupported-format', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
      ['too-large', pngClaiming(10_001, 10_000)],
    ] as const;
    for (const [code, bytes] of cases) {
      const error: unknown = await decodeImage(bytes, { name }).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ImagingError);
      expect(error).toMatchObject({ code, imageName: name });
    }
  });

  it('refuses more pixels than the caller has room for', async () => {
    const { jpeg } = await onePerFormat();
    await expect(decodeImage(jpeg, { name, maxPixels: 120 * 80 - 1 })).rejects.toThrow(
      'a.jpg: expected at most 9,599 pixels but its header says 120 x 80',
    );
    await decodeImage(jpeg, { name, maxPixels: 120 * 80 });
  });
});

describe('encoding', () => {
  const picture: RawImage = { pixels: quarters(), widthPx: 64, heightPx: 64, channels: 3 };

  it('makes JPEGs of the picture, in colour and grey, without metadata', async () => {
    const jpeg = await encodeJpeg(picture);
    expect(await sharp(jpeg).metadata()).toMatchObject({
      format: 'jpeg',
      width: 64,
      chromaSubsampling: '4:2:0',
    });
    const [red = 0, green = 0] = await colourAt(jpeg, 0.25, 0.25);
    expect(Math.abs(red - 220) + Math.abs(green - 30)).toBeLessThan(12);
    expect(await sharp(await encodeJpeg(level(9, 9, 50))).metadata()).toMatchObject({ channels: 1 });
    for (const marker of ['Exif', 'ICC_PROFILE', 'http']) expect(jpeg.includes(marker)).toBe(false);
  });

  it('makes PNGs that hold every pixel', async () => {
    const grey = level(9, 9, 50);
    expect(await sharp(await encodePng(grey)).metadata()).toMatchObject({ format: 'png', channels: 1 });
    expect(
      (
        await sharp(await encodePng(picture))
          .raw()
          .toBuffer()
      ).equals(picture.pixels),
    ).toBe(true);
    expect(
      (
        await sharp(await encodePng(grey))
          .extractChannel(0)
          .raw()
          .toBuffer()
      ).equals(grey.pixels),
    ).toBe(true);
  });
});

describe('thumbnails', () => {
  it.each([
    [400, 200, 128, 64],
    [200, 400, 64, 128],
    [90, 50, 90, 50],
    [5000, 2, 128, 1],
  ])('%d x %d becomes %d x %d', async (widthPx, heightPx, width, height) => {
    const small = await thumbnail(level(widthPx, heightPx, 81), 128);
    expect([small.widthPx, small.heightPx, new Set(small.pixels)]).toEqual([width, height, new Set([81])]);
  });
});

describe('the same picture', () => {
  afterEach(configureSharp);

  it('gives the same bytes with any concurrency, one after the other and all at once', async () => {
    const { data } = await generateImage({ seed: 8, widthPx: 500, heightPx: 300 });
    const everything = async (): Promise<string> => {
      const { image } = await decodeImage(data, { name });
      const hash = createHash('sha256');
      for (const made of [
        image,
        await thumbnail(image, 128),
        await gaussianBlur(image, 2),
        rotateBicubic(image, 45),
      ])
        hash.update(await encodeJpeg(made)).update(await encodePng(made));
      return hash.digest('hex');
    };
    const expected = await everything();
    for (const threads of [1, 2, 4]) {
      sharp.concurrency(threads);
      expect(await Promise.all([everything(), everything(), everything()])).toEqual([
        expected,
        expected,
        expected,
      ]);
    }
  });
});
