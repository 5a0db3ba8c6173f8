import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { expect, test } from 'vitest';

import { SHIPPED } from '../src/generate/shipped.ts';
import { listImages, processImage } from '../src/index.ts';

const FOLDER = fileURLToPath(new URL('../../../images_to_upload', import.meta.url));

test('the twelve shipped images are there, valid, of 0.1 to 3 MB each and under 10 MB in all', async () => {
  const listed = new Map((await listImages(FOLDER)).map((image) => [image.name, image]));
  const shipped = SHIPPED.map(({ name }) => listed.get(name));
  expect(shipped).toHaveLength(12);
  let bytes = 0;
  for (const image of shipped) {
    if (image === undefined) throw new Error(`expected ${SHIPPED.map(({ name }) => name).join(', ')}`);
    expect(image.sizeBytes).toBeGreaterThanOrEqual(100_000);
    expect(image.sizeBytes).toBeLessThanOrEqual(3_000_000);
    bytes += image.sizeBytes;
    const { output } = await processImage(image.path);
    expect(output).toMatchObject({ widthPx: 800, heightPx: 600 });
  }
  expect(bytes).toBeLessThan(10_000_000);
});

test('they hold the traps: names for shells, URLs and keys; formats for decoders', async () => {
  const names = SHIPPED.map(({ name }) => name);
  for (const trap of [/ /, /\+/, /'/, /[^\u0020-\u007e]/])
    expect(names.filter((name) => trap.test(name))).not.toEqual([]);
  const metadata = await Promise.all(names.map((name) => sharp(`${FOLDER}/${name}`).metadata()));
  expect(metadata.filter(({ format }) => format === 'jpeg').length).toBeGreaterThan(6);
  expect(metadata.filter((image) => image.isProgressive && image.format === 'jpeg')).toHaveLength(1);
  expect(metadata.filter(({ orientation }) => orientation === 6)).toHaveLength(1);
  expect(metadata.filter((image) => image.hasAlpha)).toHaveLength(1);
  expect(metadata.filter(({ depth }) => depth === 'ushort')).toHaveLength(1);
  expect(new Set(metadata.map(({ format }) => format))).toEqual(
    new Set(['jpeg', 'png', 'webp', 'gif', 'heif']),
  );
});

test('they are what the generator makes', async () => {
  for (const name of ["farmer's-meadow.jpg", 'desert-road.jpg']) {
    const made = await SHIPPED.find((image) => image.name === name)?.make();
    expect(made?.equals(await readFile(`${FOLDER}/${name}`)), name).toBe(true);
  }
});
