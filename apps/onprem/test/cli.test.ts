import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import {
  type EventLog,
  isRunning,
  picture,
  readRecords,
  startCli,
  temporaryFolder,
  writeSlowImage,
} from './support.ts';

async function setUp() {
  const folder = await temporaryFolder();
  const imagesDir = join(folder, 'images');
  await mkdir(imagesDir);
  await writeFile(join(imagesDir, 'a.jpg'), await picture('jpeg', 'red'));
  await writeFile(join(imagesDir, 'b.png'), await picture('png', 'red'));
  const flags = ['--images', 'images', '--out', 'out', '--metrics', 'm/local.csv', '--workers', '2'];
  return { folder, imagesDir, flags, metricsFile: join(folder, 'm/local.csv') };
}

function slowStartedAndOneFinished(log: EventLog): boolean {
  return log.finishedImages().length > 0 && log.of('imageStarted').some(({ image }) => image === 'slow.png');
}

test('a run with every flag ends with 0; paths start where the person stood', async () => {
  const { folder, flags, metricsFile } = await setUp();
  const more = [
    '--repetitions',
    '3',
    '--width',
    '100',
    '--height',
    '50',
    '--fit',
    'inside',
    '--quality',
    '60',
  ];
  const cli = startCli(folder, ...flags, ...more, '--chroma', '4:4:4', '--mozjpeg', '--warmup', '0');
  expect(await cli.exitCode).toBe(0);
  expect(cli.stderr()).toBe('');
  expect(await readRecords(metricsFile)).toHaveLength(6);
  expect((await readRecords(metricsFile))[0]).toMatchObject({ outputWidthPx: 50, outputHeightPx: 50 });
  expect(await readdir(join(folder, 'out/3'))).toEqual(['a.jpg.jpg', 'b.png.jpg']);
});

test('failed images end with 3', async () => {
  const { folder, imagesDir, flags } = await setUp();
  await writeFile(join(imagesDir, 'c.jpg'), 'nonsense');
  const cli = startCli(folder, ...flags);
  expect(await cli.exitCode).toBe(3);
  expect(cli.log.of('finished')).toMatchObject([{ summary: { okRows: 2, errorRows: 1 } }]);
});

test.each([
  [['--workers', '0'], '--workers: expected an integer between 1 and 256 but received "0"'],
  [['--workers', '1.5'], '--workers: expected an integer'],
  [['--fit', 'tile'], '--fit: expected one of fill, inside, cover but received "tile"'],
  [['--width', '65535', '--height', '65535'], '--width times --height of at most 100000000 pixels'],
  [['--images', 'nowhere'], 'expected a readable folder'],
  [['--out', 'images/out'], 'expected the output folder outside of the images folder'],
  [['--resume'], 'expected a run to resume'],
  [['--watch', '--resume'], 'either --watch or --resume'],
  [['--nonsense'], "unknown option '--nonsense'"],
  [['more'], 'too many arguments'],
])('wrong usage %j ends with 2 and says what was expected', async (wrong, message) => {
  const { folder, flags } = await setUp();
  const cli = startCli(folder, ...flags, ...wrong);
  expect(await cli.exitCode).toBe(2);
  expect(cli.stderr()).toContain(message);
});

test('Ctrl-C ends with 130 and leaves no process; --resume does the rest and nothing twice', async () => {
  const { folder, imagesDir, flags, metricsFile } = await setUp();
  await writeSlowImage(join(imagesDir, 'slow.png'));
  const cli = startCli(folder, ...flags, '--repetitions', '3', '--warmup', '1');
  await cli.log.until(slowStartedAndOneFinished);
  cli.child.kill('SIGINT');
  expect(await cli.exitCode).toBe(130);
  for (const { pid } of cli.log.of('imageStarted')) expect(isRunning(pid)).toBe(false);

  expect(await startCli(folder, ...flags, '--repetitions', '3', '--resume').exitCode).toBe(0);
  const rows = (await readRecords(metricsFile)).map(({ runId, repetition, image }) =>
    [runId, repetition, image].join(),
  );
  expect(rows).toHaveLength(9);
  expect(new Set(rows).size).toBe(9);
});

test('a kill -9 of the command itself ends its workers; --resume does the rest', async () => {
  const { folder, imagesDir, flags, metricsFile } = await setUp();
  await writeSlowImage(join(imagesDir, 'slow.png'));
  const cli = startCli(folder, ...flags, '--repetitions', '3');
  await cli.log.until(slowStartedAndOneFinished);
  cli.child.kill('SIGKILL');
  expect(await cli.exitCode).toBe(null);
  for (const { pid } of cli.log.of('imageStarted')) await expect.poll(() => isRunning(pid)).toBe(false);
  expect(await startCli(folder, ...flags, '--repetitions', '3', '--resume').exitCode).toBe(0);
  const rows = (await readRecords(metricsFile)).map(({ repetition, image }) => [repetition, image].join());
  expect(rows).toHaveLength(9);
  expect(new Set(rows).size).toBe(9);
});

test('a reader that goes away stops the run as Ctrl-C does', async () => {
  const { folder, imagesDir, flags, metricsFile } = await setUp();
  await writeSlowImage(join(imagesDir, 'slow.png'));
  const cli = startCli(folder, ...flags, '--repetitions', '1000');
  await cli.log.until(slowStartedAndOneFinished);
  cli.child.stdout?.destroy();
  expect(await cli.exitCode).toBe(130);
  expect((await readRecords(metricsFile)).length).toBeGreaterThan(0);
});
