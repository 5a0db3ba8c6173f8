import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { appendFile, copyFile, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

import { createRunId, type WatchEvent, watchOnPrem } from '../src/index.ts';
import { EventLog, picture, readRecords, startCli, temporaryFolder, writeSlowImage } from './support.ts';

async function setUp() {
  const folder = await temporaryFolder();
  const imagesDir = join(folder, 'images');
  await mkdir(imagesDir);
  const flags = [
    '--watch',
    '--images',
    'images',
    '--out',
    'out',
    '--metrics',
    'local.csv',
    '--settle',
    '100',
  ];
  const metricsFile = join(folder, 'local.csv');
  const watch = async (...more: string[]) => {
    const cli = startCli(folder, ...flags, ...more);
    await cli.log.until((log) => log.of('watching').length > 0);
    return cli;
  };
  return { folder, imagesDir, metricsFile, watch };
}

async function stopped(cli: ReturnType<typeof startCli>): Promise<void> {
  cli.child.kill('SIGINT');
  expect(await cli.exitCode).toBe(130);
  expect(cli.stderr()).toBe('');
}

const imagesOf = async (metricsFile: string) =>
  (await readRecords(metricsFile)).map(({ image }) => image).sort();

test('a burst of 1,000 files is processed once each, and a restart repeats none', {
  timeout: 60_000,
}, async () => {
  const { folder, imagesDir, metricsFile, watch } = await setUp();
  const names = Array.from({ length: 1000 }, (_, index) => `${String(index).padStart(4, '0')}.jpg`);
  const content = await picture('jpeg', 'red');
  const cli = await watch('--width', '16', '--height', '16');
  // All at once, so that many files stay empty for a while after they were opened.
  await Promise.all(names.map((name) => writeFile(join(imagesDir, name), content)));
  await cli.log.until((log) => log.finishedImages().length >= 1000);
  await stopped(cli);
  expect(await imagesOf(metricsFile)).toEqual(names);
  expect(await readdir(join(folder, 'out/1'))).toHaveLength(1000);

  const again = await watch();
  await writeFile(join(imagesDir, 'late.jpg'), content);
  await again.log.until((log) => log.finishedImages().includes('late.jpg'));
  await stopped(again);
  expect(await imagesOf(metricsFile)).toEqual([...names, 'late.jpg']);
});

test('a stop in the middle of the folder loses and repeats nothing', async () => {
  const { imagesDir, metricsFile, watch } = await setUp();
  for (let index = 10; index < 40; index += 1)
    await writeFile(join(imagesDir, `${index}.jpg`), await picture('jpeg', 'red', 200));
  const cli = await watch();
  await cli.log.until((log) => log.finishedImages().length >= 3);
  await stopped(cli);
  const again = await watch();
  const doneBefore = cli.log.finishedImages().length;
  await again.log.until((log) => log.finishedImages().length >= 30 - doneBefore);
  await stopped(again);
  expect(await imagesOf(metricsFile)).toEqual(Array.from({ length: 30 }, (_, index) => `${index + 10}.jpg`));
});

test('a rename, a move and a copy back with old times repeat nothing; a copy and new content are done', async () => {
  const { folder, imagesDir, metricsFile, watch } = await setUp();
  const at = (name: string) => join(imagesDir, name);
  const red = await picture('jpeg', 'red');
  await writeFile(at('a.jpg'), red);
  await writeFile(at('b.jpg'), red);
  const cli = await watch();
  await cli.log.until((log) => log.finishedImages().length >= 2);

  await rename(at('a.jpg'), at('renamed.jpg'));
  await cli.log.until((log) => log.of('imageKnown').some(({ image }) => image === 'renamed.jpg'));

  execFileSync('cp', ['-p', at('b.jpg'), join(folder, 'backup.jpg')]);
  await rm(at('b.jpg'));
  await copyFile(at('renamed.jpg'), at('copy.jpg'));
  await cli.log.until((log) => log.finishedImages().includes('copy.jpg'));

  await writeFile(at('copy.jpg'), await picture('jpeg', 'blue', 64));
  await cli.log.until((log) => log.finishedImages().filter((image) => image === 'copy.jpg').length >= 2);
  await stopped(cli);

  execFileSync('cp', ['-p', join(folder, 'backup.jpg'), at('b.jpg')]);
  await mkdir(at('sub'));
  await rename(at('renamed.jpg'), at('sub/moved.jpg'));
  const again = await watch();
  for (const name of ['b.jpg', 'copy.jpg', 'sub/moved.jpg'])
    await again.log.until((log) => log.of('imageKnown').some(({ image }) => image === name));
  await stopped(again);
  expect(await imagesOf(metricsFile)).toEqual(['a.jpg', 'b.jpg', 'copy.jpg', 'copy.jpg']);
});

/** A watch in this process with one worker, for tests that must act at an exact moment. */
async function watchHere(onEvent: (event: WatchEvent) => void) {
  const { folder, imagesDir, metricsFile } = await setUp();
  const log = new EventLog();
  const stop = new AbortController();
  const watching = watchOnPrem({
    runId: createRunId(new Date()),
    imagesDir,
    workers: 1,
    outputDir: join(folder, 'out'),
    metricsFile,
    settleMs: 50,
    signal: stop.signal,
    onEvent: (event) => {
      onEvent(event);
      log.add(event);
    },
  });
  onTestFinished(() => stop.abort());
  await log.until(() => log.of('watching').length > 0);
  return { at: (name: string) => join(imagesDir, name), metricsFile, log, stop, watching };
}

test('a file that is deleted or renamed while it waits has no row under its old name', async () => {
  let workerPid = 0;
  const { at, metricsFile, log, stop, watching } = await watchHere((event) => {
    if (event.type !== 'imageStarted' || event.image !== '1-slow.png') return;
    workerPid = event.pid;
    process.kill(workerPid, 'SIGSTOP');
  });
  await writeSlowImage(at('1-slow.png'));
  await log.until(() => workerPid !== 0);
  await writeFile(at('2.jpg'), await picture('jpeg', 'red'));
  await writeFile(at('3.jpg'), await picture('jpeg', 'red'));
  await log.until(() => log.of('imageQueued').length === 3);
  await rm(at('2.jpg'));
  await rename(at('3.jpg'), at('4.jpg'));
  process.kill(workerPid, 'SIGCONT');
  await log.until(() => log.finishedImages().length >= 2 && log.of('imageVanished').length >= 2);
  stop.abort();
  expect(await watching).toMatchObject({ status: 'stopped', okRows: 2, errorRows: 0 });
  expect(await imagesOf(metricsFile)).toEqual(['1-slow.png', '4.jpg']);
});

test('a file that grows while it is read is no bad image: it is one row, when it is whole', async () => {
  const whole = await picture('png', 'gold', 3000);
  const half = Math.floor(whole.byteLength / 2);
  let path = '';
  const { at, metricsFile, log, stop, watching } = await watchHere((event) => {
    if (event.type === 'imageStarted' && log.of('imageStarted').length === 0)
      appendFileSync(path, whole.subarray(half));
  });
  path = at('half.png');
  await writeFile(path, whole.subarray(0, half));
  await log.until(() => log.finishedImages().length > 0);
  stop.abort();
  await watching;
  expect(log.of('imageChanged')).toHaveLength(1);
  expect(await readRecords(metricsFile)).toMatchObject([{ image: 'half.png', status: 'ok' }]);
});

test('a file that is written piece by piece is one row, of the whole; a bad one is an error row', async () => {
  const { imagesDir, metricsFile, watch } = await setUp();
  const whole = await picture('png', 'gold', 400);
  const cli = await watch();
  const file = await open(join(imagesDir, 'slowly.png'), 'w');
  for (let position = 0; position < whole.byteLength; position += 50) {
    await file.write(whole.subarray(position, position + 50));
    await file.datasync();
  }
  await file.close();
  await writeFile(join(imagesDir, 'bad.png'), 'nonsense');
  await writeFile(join(imagesDir, '.hidden.png'), whole);
  await cli.log.until((log) => log.finishedImages().length >= 2);
  await stopped(cli);
  expect((await readRecords(metricsFile)).map(({ image, status }) => `${image} ${status}`).sort()).toEqual([
    'bad.png error',
    'slowly.png ok',
  ]);
});

test('a file whose writer has paused is an error row, and done again when it is whole', async () => {
  const { imagesDir, metricsFile, watch } = await setUp();
  const whole = await picture('png', 'gold', 3000);
  await writeFile(join(imagesDir, 'half.png'), whole.subarray(0, whole.byteLength / 2));
  const cli = await watch();
  await cli.log.until((log) => log.of('imageFinished').some(({ record }) => record.status === 'error'));
  await appendFile(join(imagesDir, 'half.png'), whole.subarray(whole.byteLength / 2));
  await cli.log.until((log) => log.of('imageFinished').some(({ record }) => record.status === 'ok'));
  await stopped(cli);
  expect(await imagesOf(metricsFile)).toEqual(['half.png', 'half.png']);
});
