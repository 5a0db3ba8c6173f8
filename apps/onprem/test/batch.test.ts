import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listImages, processImage } from '@skyground/imaging';
import { expect, test } from 'vitest';

import { createRunId, OnPremUsageError, outputPath, runOnPrem, WorkerStartError } from '../src/index.ts';
import { EventLog, picture, readRecords, temporaryFolder } from './support.ts';

async function setUp() {
  const folder = await temporaryFolder();
  const imagesDir = join(folder, 'images');
  await mkdir(imagesDir);
  const log = new EventLog();
  const paths = { outputDir: join(folder, 'out'), metricsFile: join(folder, 'metrics.csv') };
  const base = {
    runId: createRunId(new Date()),
    workers: 2,
    repetitions: 1,
    warmupImages: 1,
    onEvent: log.add,
  };
  return { imagesDir, log, ...paths, base: { ...base, ...paths } };
}

test('every image becomes a row and an output, bad ones an error row; names that differ little stay apart', async () => {
  const { imagesDir, outputDir, metricsFile, base, log } = await setUp();
  const good: Record<string, Buffer> = {
    'a.jpg': await picture('jpeg', 'red'),
    'a.png': await picture('png', 'green'),
    'a.png.jpg': await picture('jpeg', 'blue'),
    'a.webp': await picture('webp', 'yellow'),
    'a.gif': await picture('gif', 'pink'),
    'a.tiff': await picture('tiff', 'brown'),
    'a.avif': await picture('avif', 'olive'),
    'named wrong.png': await picture('jpeg', 'navy'),
    'Zoë & "quotes", 1+1=2 ’夜’.jpg': await picture('jpeg', 'plum'),
    'new\nline.jpg': await picture('jpeg', 'coral'),
    'sub folder/deep/a.jpg': await picture('jpeg', 'lime'),
  };
  const bad: Record<string, [content: Buffer | string, code: string]> = {
    'empty.jpg': ['', 'empty'],
    'cut.png': [(await picture('png', 'gold')).subarray(0, 60), 'truncated'],
    'notes.txt': ['hello', 'not-an-image'],
    'drawing.svg': ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'unsupported-format'],
    'page.jpg': ['<!doctype html><p>404', 'wrong-extension'],
  };
  await mkdir(join(imagesDir, 'sub folder/deep'), { recursive: true });
  for (const [name, content] of Object.entries(good)) await writeFile(join(imagesDir, name), content);
  for (const [name, [content]] of Object.entries(bad)) await writeFile(join(imagesDir, name), content);

  const summary = await runOnPrem({ ...base, images: await listImages(imagesDir), repetitions: 2 });

  expect(summary).toMatchObject({ status: 'finished', okRows: 22, errorRows: 10, remainingRows: 0 });
  const records = await readRecords(metricsFile);
  expect(records).toEqual(log.of('imageFinished').map(({ record }) => record));
  expect(new Set(records.map(({ image, repetition }) => `${repetition} ${image}`)).size).toBe(32);
  for (const [name, content] of Object.entries(good)) {
    const expected = await processImage(content);
    for (const repetition of [1, 2]) {
      expect(await readFile(outputPath(outputDir, repetition, name))).toEqual(expected.data);
      expect(records.find((row) => row.image === name && row.repetition === repetition)).toMatchObject({
        status: 'ok',
        error: null,
        source: 'on_prem',
        attempt: 1,
        originalSizeBytes: content.byteLength,
        newSizeBytes: expected.data.byteLength,
        inputWidthPx: 32,
        outputWidthPx: 800,
        outputHeightPx: 600,
        cold: false,
        initMs: null,
        environmentId: expect.stringMatching(/^worker-[12]$/),
      });
    }
  }
  for (const [name, [content, code]] of Object.entries(bad)) {
    expect(records.filter((row) => row.image === name)).toMatchObject(
      [1, 2].map(() => ({
        status: 'error',
        error: expect.stringMatching(`^${code}: ${name}: `),
        originalSizeBytes: content.length,
        newSizeBytes: null,
        processingTimeMs: null,
        attempt: 1,
      })),
    );
  }
  expect((await readdir(outputDir)).sort()).toEqual(['1', '2']);
});

test('the parts of an image’s way add up to no more than its whole', async () => {
  const { imagesDir, metricsFile, base } = await setUp();
  for (let index = 0; index < 12; index += 1)
    await writeFile(join(imagesDir, `${index}.jpg`), await picture('jpeg', 'red', 300));
  await runOnPrem({ ...base, images: await listImages(imagesDir) });
  for (const row of await readRecords(metricsFile)) {
    const parts = [row.queueDelayMs, row.downloadMs, row.processingTimeMs, row.uploadMs];
    expect(parts).toEqual(parts.map(() => expect.any(Number)));
    const sum = parts.reduce<number>((total, part) => total + (part ?? 0), 0);
    expect(sum).toBeLessThanOrEqual((row.endToEndMs ?? 0) + 0.002);
    expect(row.processingTimeMs).toBeGreaterThan(0);
  }
});

test('without warm-up the first image of each worker is cold, and says how long its worker took to start', async () => {
  const { imagesDir, metricsFile, base, log } = await setUp();
  for (let index = 0; index < 6; index += 1)
    await writeFile(join(imagesDir, `${index}.jpg`), await picture('jpeg', 'red'));
  await runOnPrem({ ...base, images: await listImages(imagesDir), warmupImages: 0 });
  const records = await readRecords(metricsFile);
  const cold = records.filter((row) => row.cold === true);
  expect(new Set(cold.map((row) => row.environmentId)).size).toBe(cold.length);
  expect(new Set(records.map((row) => row.environmentId)).size).toBe(cold.length);
  for (const row of records) expect(row.initMs).toEqual(row.cold === true ? expect.any(Number) : null);
  expect(log.events.map(({ type }) => type)).toEqual([
    'started',
    'warm',
    ...log.events.slice(2, -1).map(({ type }) => type),
    'finished',
  ]);
});

test('a worker whose warm-up met only bad files is not called warm', async () => {
  const { imagesDir, metricsFile, base } = await setUp();
  await writeFile(join(imagesDir, 'bad.jpg'), 'nonsense');
  await runOnPrem({ ...base, images: await listImages(imagesDir), warmupImages: 2 });
  expect(await readRecords(metricsFile)).toMatchObject([{ status: 'error', cold: true }]);
});

test('a file that is gone when its turn comes is an error row, not a missing one', async () => {
  const { imagesDir, metricsFile, base } = await setUp();
  const images = [{ name: 'gone.jpg', path: join(imagesDir, 'gone.jpg'), sizeBytes: 3 }];
  await runOnPrem({ ...base, images });
  expect(await readRecords(metricsFile)).toMatchObject([
    { image: 'gone.jpg', status: 'error', error: expect.stringMatching(/^unreadable: .*ENOENT/), attempt: 1 },
  ]);
});

test('an output that cannot be stored is tried twice and then an error row', async () => {
  const { imagesDir, outputDir, metricsFile, base } = await setUp();
  await writeFile(join(imagesDir, 'a.jpg'), await picture('jpeg', 'red'));
  await mkdir(outputPath(outputDir, 1, 'a.jpg'), { recursive: true });
  await runOnPrem({ ...base, images: await listImages(imagesDir) });
  expect(await readRecords(metricsFile)).toMatchObject([
    { status: 'error', attempt: 2, error: expect.stringMatching(/^failed: EISDIR/) },
  ]);
});

test('rows are appended to a file that has some, and a name that leads out of the folder is refused', async () => {
  const { imagesDir, metricsFile, base } = await setUp();
  await writeFile(join(imagesDir, 'a.jpg'), await picture('jpeg', 'red'));
  const images = await listImages(imagesDir);
  await runOnPrem({ ...base, images });
  await runOnPrem({ ...base, runId: 'other', images });
  expect((await readRecords(metricsFile)).map(({ runId }) => runId)).toEqual([base.runId, 'other']);
  const outside = [{ name: '../../../escaped', path: join(imagesDir, 'a.jpg'), sizeBytes: 1 }];
  await expect(runOnPrem({ ...base, images: outside })).rejects.toThrow(OnPremUsageError);
});

test('a link out of the folder is not followed', async () => {
  const { imagesDir, base } = await setUp();
  await symlink('/etc/hostname', join(imagesDir, 'link.jpg'));
  expect(await runOnPrem({ ...base, images: await listImages(imagesDir) })).toMatchObject({
    okRows: 0,
    errorRows: 0,
  });
});

test('workers that cannot start end the run with their own words', async () => {
  const { imagesDir, metricsFile, base } = await setUp();
  await writeFile(join(imagesDir, 'a.jpg'), await picture('jpeg', 'red'));
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = '--require /nonexistent-preload.cjs';
  try {
    const run = runOnPrem({ ...base, images: await listImages(imagesDir) });
    await expect(run).rejects.toThrow(WorkerStartError);
    await expect(run).rejects.toThrow('nonexistent-preload');
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
  expect(await readRecords(metricsFile)).toEqual([]);
});
