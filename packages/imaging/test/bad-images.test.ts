import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';

import {
  configureSharp,
  generateImage,
  ImagingError,
  type ImagingErrorCode,
  processImage,
} from '../src/index.ts';
import { FORMATS, onePerFormat, pngClaiming } from './pictures.ts';

beforeAll(configureSharp);

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';

async function refusal(input: Uint8Array | string, name: string, options = {}): Promise<ImagingError> {
  const error: unknown = await processImage(input, { name, ...options }).then(
    () => new Error(`${name} was accepted`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ImagingError)) throw error;
  expect(error.imageName).toBe(name);
  expect(error.message).toContain(name);
  return error;
}

const bad: readonly [
  what: string,
  name: string,
  bytes: Uint8Array,
  code: ImagingErrorCode,
  reason: RegExp,
][] = [
  ['no bytes', 'a.jpg', new Uint8Array(), 'empty', /no bytes/],
  ['random bytes', 'a.jpg', Buffer.from('9f0e00d2aa', 'hex'), 'not-an-image', /expected a JPEG, PNG/],
  ['zeros', 'a.jpg', Buffer.alloc(5000), 'not-an-image', /expected a JPEG, PNG/],
  ['PDF named JPEG', 'a.jpg', Buffer.from('%PDF-1.7\n%\xe2\xe3'), 'wrong-extension', /\.jpg but .* PDF/],
  ['ZIP named PNG', 'a.PNG', Buffer.from('PK\x03\x04rest'), 'wrong-extension', /\.PNG but .* ZIP/],
  ['HTML named GIF', 'a.gif', Buffer.from('\n<!DOCTYPE html><p>'), 'wrong-extension', /HTML/],
  ['text named JPEG', 'notes.jpeg', Buffer.from('zwölf Bilder\n'), 'wrong-extension', /plain text/],
  ['video named AVIF', 'a.avif', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0'), 'wrong-extension', /ISO media/],
  ['text', 'notes.txt', Buffer.from('hello'), 'not-an-image', /plain text/],
  ['no extension', 'a', Buffer.from('%PDF-1.7'), 'not-an-image', /PDF/],
  ['SVG', 'a.svg', Buffer.from(SVG), 'unsupported-format', /SVG/],
  ['SVG named PNG', 'a.png', Buffer.from(SVG), 'unsupported-format', /SVG/],
  [
    'SVG after a prolog',
    'a.jpg',
    Buffer.from(`\ufeff<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE svg>\n${SVG}`),
    'unsupported-format',
    /SVG/,
  ],
  [
    'SVG with a prefix',
    'a.jpg',
    Buffer.from('<s:svg xmlns:s="http://www.w3.org/2000/svg"/>'),
    'unsupported-format',
    /SVG/,
  ],
  ['SVG in UTF-16', 'a.webp', Buffer.from(`\ufeff${SVG}`, 'utf16le'), 'unsupported-format', /SVG/],
  ['SVG, compressed', 'a.svgz', gzipSync(SVG), 'wrong-extension', /gzip/],
  [
    'SVG far behind a comment',
    'a.png',
    Buffer.from(`<?xml version="1.0"?><!--${'x'.repeat(9000)}-->${SVG}`),
    'wrong-extension',
    /XML/,
  ],
  ['HEIC', 'a.jpg', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0'), 'unsupported-format', /HEIC/],
  ['BMP', 'a.bmp', Buffer.from('BM\x46\0\0\0\0\0'), 'unsupported-format', /BMP/],
  [
    'JPEG 2000',
    'a.jp2',
    Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'),
    'unsupported-format',
    /JPEG 2000/,
  ],
  ['a JPEG header alone', 'a.jpg', Buffer.from('ffd8ffe0', 'hex'), 'truncated', /begins like jpeg/],
  [
    'a PNG of garbage',
    'a.png',
    Buffer.from('\x89PNG\r\n\x1a\ngarbage garbage garbage', 'latin1'),
    'truncated',
    /begins like png/,
  ],
  [
    'too many pixels',
    'a.png',
    pngClaiming(10_001, 10_000),
    'too-large',
    /100,000,000 pixels .* 10001 x 10000/,
  ],
  [
    'a dimension bomb',
    'a.png',
    pngClaiming(2 ** 31 - 1, 2 ** 31 - 1),
    'too-large',
    /2147483647 x 2147483647/,
  ],
  ['an edge bomb', 'a.png', pngClaiming(200_000_000, 1), 'too-large', /200000000 x 1/],
];

test.for(bad)('refused: %s', async ([, name, bytes, code, reason]) => {
  const error = await refusal(bytes, name);
  expect([error.code, error.message]).toEqual([code, expect.stringMatching(reason)]);
  expect(error.permanent).toBe(true);
});

test('dimension bombs of other formats are refused by their headers', async () => {
  const { gif, jpeg, tiff, avif } = await onePerFormat();
  const frameOfGif = gif.indexOf(Buffer.from('2c00000000', 'hex')) + 5;
  gif.writeUInt16LE(65_000, frameOfGif);
  gif.writeUInt16LE(65_000, frameOfGif + 2);
  const frameOfJpeg = jpeg.indexOf(Buffer.from('ffc0', 'hex')) + 5;
  jpeg.writeUInt16BE(65_000, frameOfJpeg);
  jpeg.writeUInt16BE(65_000, frameOfJpeg + 2);
  const widthEntry = tiff.indexOf(Buffer.from('000103000100000078', 'hex'));
  expect(widthEntry).toBeGreaterThan(0);
  for (const entry of [widthEntry, widthEntry + 12]) {
    tiff.writeUInt16LE(4, entry + 2);
    tiff.writeUInt32LE(65_000, entry + 8);
  }
  const extents = avif.indexOf('ispe') + 8;
  avif.writeUInt32BE(65_000, extents);
  avif.writeUInt32BE(65_000, extents + 4);
  for (const [name, bytes] of Object.entries({ gif, jpeg, tiff, avif })) {
    const error = await refusal(bytes, name);
    expect([name, error.code, error.message]).toEqual([
      name,
      'too-large',
      expect.stringContaining('65000 x 65000'),
    ]);
  }
});

describe('files cut short', () => {
  test('at any byte, in any format, whichever rows are needed', async () => {
    const images = await onePerFormat();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FORMATS),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        async (format, share) => {
          const bytes = images[format];
          const cut = bytes.subarray(0, Math.floor(share * bytes.byteLength));
          const needsFewRows = { widthPx: 400, heightPx: 10, fit: 'cover' };
          expect(['empty', 'not-an-image', 'truncated']).toContain(
            (await refusal(cut, format, needsFewRows)).code,
          );
          if (cut.byteLength >= 16) expect((await refusal(cut, format)).code).toBe('truncated');
        },
      ),
      { numRuns: 150 },
    );
  });

  test('by the last byte alone', async () => {
    for (const [format, bytes] of Object.entries(await onePerFormat())) {
      expect((await refusal(bytes.subarray(0, -1), format)).code, format).toBe('truncated');
    }
  });

  test('a progressive JPEG, and one whose EXIF holds a whole preview', async () => {
    const picture = { seed: 4, widthPx: 200, heightPx: 100 } as const;
    const progressive = (await generateImage({ ...picture, progressive: true })).data;
    expect((await refusal(progressive.subarray(0, progressive.byteLength / 2), 'p.jpg')).code).toBe(
      'truncated',
    );

    const plain = (await generateImage(picture)).data;
    const preview = Buffer.concat([
      Buffer.from('ffe1', 'hex'),
      Buffer.alloc(2),
      Buffer.from('Exif\0\0'),
      plain.subarray(0, 4000),
      plain.subarray(-2),
    ]);
    preview.writeUInt16BE(preview.byteLength - 2, 2);
    const withPreview = Buffer.concat([plain.subarray(0, 2), preview, plain.subarray(2)]);
    await processImage(withPreview);
    expect((await refusal(withPreview.subarray(0, -500), 'q.jpg')).code).toBe('truncated');
  });

  test('a JPEG that was cut and closed again', async () => {
    const whole = (await generateImage({ seed: 4, widthPx: 200, heightPx: 100 })).data;
    const closed = Buffer.concat([whole.subarray(0, whole.byteLength / 2), whole.subarray(-2)]);
    expect(await refusal(closed, 'a.jpg')).toMatchObject({
      code: 'truncated',
      message: expect.stringContaining('premature end'),
    });
  });

  test('bytes after the end are allowed: cameras put previews and videos there', async () => {
    for (const [format, bytes] of Object.entries(await onePerFormat())) {
      if (format === 'avif') continue; // Its boxes reach to the end of the file; anything after them is a box cut short.
      await processImage(Buffer.concat([bytes, Buffer.alloc(50, 7)]), { name: format });
    }
  });
});

test('data damaged part-way is refused', async () => {
  const { png } = await onePerFormat();
  png.fill(0xa5, Math.floor(png.byteLength * 0.4), Math.floor(png.byteLength * 0.6));
  const error = await refusal(png, 'a.png');
  expect([error.code, error.message]).toEqual(['truncated', expect.stringContaining('damaged')]);
});

test('content decides, not the extension: a JPEG named .png is processed', async () => {
  const { jpeg } = await onePerFormat();
  expect((await processImage(jpeg, { name: 'photo.png' })).input.format).toBe('jpeg');
});

test('any bytes at all end in a picture or an ImagingError', async () => {
  const images = await onePerFormat();
  const edits = fc.array(fc.tuple(fc.nat(399), fc.nat(255)), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...FORMATS),
      edits,
      fc.uint8Array({ maxLength: 200 }),
      async (format, changes, noise) => {
        const changed = Buffer.from(images[format]);
        for (const [at, value] of changes) changed[at] = value;
        for (const bytes of [changed, noise]) {
          await processImage(bytes).catch((error: unknown) => expect(error).toBeInstanceOf(ImagingError));
        }
      },
    ),
    { numRuns: 150 },
  );
});

describe('files', () => {
  test('a missing file and a folder are unreadable, which is not permanent', async () => {
    const missing = await refusal(join(tmpdir(), 'skyground-no-such-file.jpg'), 'a.jpg');
    expect([missing.code, missing.permanent, missing.cause]).toEqual([
      'unreadable',
      false,
      expect.objectContaining({ code: 'ENOENT' }),
    ]);
    expect((await refusal(tmpdir(), 'folder.jpg')).code).toBe('unreadable');
  });

  test('a bad file is refused with the name of the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'skyground-imaging-'));
    try {
      const path = join(folder, 'report.jpg');
      await writeFile(path, '%PDF-1.7');
      await expect(processImage(path)).rejects.toMatchObject({
        code: 'wrong-extension',
        imageName: 'report.jpg',
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

test('options are strict and say what they expect', async () => {
  const bytes = Buffer.from('irrelevant');
  const wrong = { quality: 0, widthPx: 1.5, fit: 'contain' } as unknown as { quality: number };
  await expect(processImage(bytes, wrong)).rejects.toMatchObject({
    name: 'InvalidOptionsError',
    problems: [
      'expected integer between 1 and 65535 for widthPx but received 1.5 of type number',
      'expected one of fill, inside, cover for fit but received contain of type string',
      'expected integer between 1 and 100 for quality but received 0 of type number',
    ],
  });
  const unknown = { qualty: 3 } as unknown as { quality: number };
  await expect(processImage(bytes, unknown)).rejects.toThrow(/expected only widthPx, .* but received qualty/);
  await expect(processImage(bytes, { widthPx: 65_535, heightPx: 65_535 })).rejects.toThrow(
    /at most 100,000,000 pixels/,
  );
});

test('configureSharp closes the loaders that are not supported, and leaves those that are', async () => {
  await expect(sharp(Buffer.from(SVG)).metadata()).rejects.toThrow();
  for (const bytes of Object.values(await onePerFormat())) await sharp(bytes).metadata();
});
