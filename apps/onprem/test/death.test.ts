import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listImages } from '@skyground/imaging';
import { expect, test } from 'vitest';

import { createRunId, type OnPremEvent, readDone, runOnPrem } from '../src/index.ts';
import { EventLog, isRunning, picture, readRecords, temporaryFolder, writeSlowImage } from './support.ts';

async function setUp() {
  const folder = await temporaryFolder();
  const imagesDir = join(folder, 'images');
  await mkdir(imagesDir);
  for (let index = 0; index < 10; index += 1)
    await writeFile(join(imagesDir, `${index}.jpg`), await picture('jpeg', 'red'));
  await writeSlowImage(join(imagesDir, '3-slow.png'));
  return {
    runId: createRunId(new Date()),
    images: await listImages(imagesDir),
    workers: 2,
    repetitions: 1,
    warmupImages: 1,
    outputDir: join(folder, 'out'),
    metricsFile: join(folder, 'metrics.csv'),
  };
}

/** Kills the worker of the slow image, as the kernel does when memory is short, on the attempts that are named. */
function killer(log: EventLog, attempts: readonly number[]) {
  return (event: OnPremEvent): void => {
    log.add(event);
    if (event.type === 'imageStarted' && event.image === '3-slow.png' && attempts.includes(event.attempt))
      process.kill(event.pid, 'SIGKILL');
  };
}

test('a worker killed in mid-run is replaced and its image done on the second try; no row is lost or doubled', async () => {
  const log = new EventLog();
  const options = await setUp();
  const summary = await runOnPrem({ ...options, onEvent: killer(log, [1]) });
  expect(summary).toMatchObject({ status: 'finished', okRows: 11, errorRows: 0 });
  const records = await readRecords(options.metricsFile);
  expect(records.map(({ image }) => image).sort()).toEqual(options.images.map(({ name }) => name));
  for (const { image, attempt, status } of records)
    expect({ image, attempt, status }).toEqual({
      image,
      attempt: image === '3-slow.png' ? 2 : 1,
      status: 'ok',
    });
  expect(log.of('workerDied')).toMatchObject([
    { image: '3-slow.png', willRetry: true, reason: 'was killed by SIGKILL' },
  ]);
  expect((await readdir(options.outputDir)).sort()).toEqual(['1']);
});

test('an image that takes two workers down becomes an error row, and the other images do not suffer', async () => {
  const log = new EventLog();
  const options = await setUp();
  const summary = await runOnPrem({ ...options, onEvent: killer(log, [1, 2]) });
  expect(summary).toMatchObject({ status: 'finished', okRows: 10, errorRows: 1 });
  const records = await readRecords(options.metricsFile);
  expect(records.filter(({ status }) => status === 'error')).toMatchObject([
    {
      image: '3-slow.png',
      attempt: 2,
      error: expect.stringMatching(/^worker-died: worker-\d was killed by SIGKILL/),
    },
  ]);
  expect(records.filter(({ image }) => image !== '3-slow.png').map(({ attempt }) => attempt)).toEqual(
    Array.from({ length: 10 }, () => 1),
  );
  expect(log.of('workerDied').map(({ willRetry }) => willRetry)).toEqual([true, false]);
});

test('an abort stops at once, leaves no process and no unfinished output, and can be continued from the file', async () => {
  const log = new EventLog();
  const options = await setUp();
  const stop = new AbortController();
  const first = await runOnPrem({
    ...options,
    signal: stop.signal,
    onEvent: (event) => {
      log.add(event);
      if (event.type === 'imageStarted' && event.image === '3-slow.png') stop.abort();
    },
  });
  expect(first.status).toBe('stopped');
  expect(first.okRows + first.remainingRows).toBe(11);
  expect(first.remainingRows).toBeGreaterThan(0);
  for (const { pid } of log.of('imageStarted')) expect(isRunning(pid)).toBe(false);
  expect(await readdir(options.outputDir)).not.toContain('.partial');

  const done = await readDone(options.metricsFile, options.runId);
  expect(done.size).toBe(first.okRows);
  const second = await runOnPrem({ ...options, done });
  expect(second).toMatchObject({
    status: 'finished',
    skippedRows: first.okRows,
    okRows: first.remainingRows,
  });
  const records = await readRecords(options.metricsFile);
  expect(records.map(({ image }) => image).sort()).toEqual(options.images.map(({ name }) => name));
});

test('a run that is aborted before it begins does nothing', async () => {
  const options = await setUp();
  const summary = await runOnPrem({ ...options, signal: AbortSignal.abort() });
  expect(summary).toMatchObject({ status: 'stopped', okRows: 0, remainingRows: 11, imagesPerSecond: null });
});
