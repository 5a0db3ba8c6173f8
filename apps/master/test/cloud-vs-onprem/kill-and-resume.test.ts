import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readCsv } from '@skyground/metrics';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { runCli, startCli } from '../cli-process.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const images = 6;
const repetitions = 3;

async function makeImages(dir: string): Promise<void> {
  await mkdir(dir);
  for (let index = 0; index < images; index += 1) {
    const noise = { type: 'gaussian', mean: 100 + index * 10, sigma: 30 } as const;
    const image = sharp({ create: { width: 400, height: 200, channels: 3, background: 'black', noise } });
    await image.jpeg().toFile(join(dir, `${index}.jpg`));
  }
}

async function cellsOf(path: string, ...columns: readonly string[]): Promise<(readonly string[])[]> {
  const rows: (readonly (string | null)[])[] = [];
  for await (const { cells } of readCsv({ path }, () => undefined)) rows.push(cells);
  const [header = [], ...samples] = rows;
  const places = columns.map((column) => header.indexOf(column));
  return samples.map((cells) => places.map((place) => cells[place] ?? ''));
}

it('measures both sides, survives a kill in a round, and measures only what has no row', async () => {
  await using folder = await temporaryFolder();
  await makeImages(join(folder.dir, 'images'));
  const flags = ['--images', 'images', '--repetitions', `${repetitions}`, '--workers', '1', '--json'];
  const results = ['--results', 'results'];

  const child = startCli(folder.dir, ['lab', 'cloud-vs-onprem', ...flags, ...results]);
  let compared = 0;
  for await (const line of createInterface(child.stdout)) {
    // In the second round of the cloud, whose rows are not recorded yet.
    if (line.includes('"sampleRecorded"') && line.includes('"isCompared":true')) compared += 1;
    if (compared === 2 * images && line.includes('round 2')) child.kill('SIGKILL');
  }
  if (child.signalCode === null && child.exitCode === null) await once(child, 'exit');
  expect(child.signalCode).toBe('SIGKILL');

  const parent = join(folder.dir, 'results/cloud-vs-onprem');
  const [runId = ''] = await readdir(parent);
  const samples = join(parent, runId, 'samples.csv');
  const before = await readFile(samples, 'utf8');

  const resumed = await runCli(folder.dir, 'lab', 'cloud-vs-onprem', '--resume', ...results, '--json');
  expect(resumed).toMatchObject({ exitCode: 0, stderr: '' });

  expect((await readFile(samples, 'utf8')).startsWith(before)).toBe(true);
  const rows = (await cellsOf(samples, 'phase', 'arm', 'image', 'repetition')).filter(
    ([phase]) => phase === 'compare',
  );
  expect(rows).toHaveLength(2 * images * repetitions);
  expect(new Set(rows.map((row) => row.join(' '))).size).toBe(rows.length);
  const checks: unknown = JSON.parse(await readFile(join(parent, runId, 'checks.json'), 'utf8'));
  expect(checks).toMatchObject({ isValid: true });
}, 120_000);
