import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readMetricsFile } from '@skyground/metrics';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { runCli } from './cli-process.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('gives the options of processing to both sides, which then write the same bytes', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.dir, 'images'));
  for (let index = 0; index < 6; index += 1) {
    const noise = { type: 'gaussian', mean: 100 + index * 10, sigma: 30 } as const;
    const image = sharp({ create: { width: 400, height: 200, channels: 3, background: 'black', noise } });
    await image.jpeg().toFile(join(folder.dir, `images/${index}.jpg`));
  }
  const places = ['--images', 'images', '--output', 'metrics', '--on-prem-output', 'out'];

  const run = await runCli(
    folder.dir,
    ...places,
    '--quality',
    '60',
    '--fit',
    'inside',
    '--chroma',
    '4:4:4',
    '--mozjpeg',
    '--json',
  );

  expect(run).toMatchObject({ exitCode: 0, stderr: '' });
  const events: { type: string }[] = run.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(events.find(({ type }) => type === 'outputsCompared')).toMatchObject({
    identical: 6,
    different: [],
  });
  const { records } = await readMetricsFile(join(folder.dir, 'metrics/lambda_metrics.csv'));
  expect(records).toHaveLength(6);
  // Inside 800 x 600, where fill would have made 600 of the height.
  expect(records.every((row) => row.outputWidthPx === 800 && row.outputHeightPx === 400)).toBe(true);
}, 60_000);
