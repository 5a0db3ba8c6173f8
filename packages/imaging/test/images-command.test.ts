import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { processImage } from '../src/index.ts';

const CLI = fileURLToPath(new URL('../src/generate/cli.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'skyground-images-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: tmpdir(),
    env: { ...process.env, INIT_CWD: folder },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
  return { child, ended };
}

const run = (...args: readonly string[]) => start(...args).ended;

test('makes valid images of the size asked, below where the person stands; the same again on a second run', async () => {
  const flags = ['--count', '3', '--size-mb', '0.02', '--seed', '7', '--out', 'made here'];
  expect(await run(...flags)).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^3 images, 0\.06 MB, in made here, /),
  });
  const names = await readdir(join(folder, 'made here'));
  expect(names.sort()).toEqual(['photo-7-0001.jpg', 'photo-7-0002.jpg', 'photo-7-0003.jpg']);
  const contents = await Promise.all(names.map((name) => readFile(join(folder, 'made here', name))));
  for (const content of contents) {
    expect(Math.abs(content.byteLength / 20_000 - 1)).toBeLessThanOrEqual(0.02);
    await processImage(content);
  }
  expect(new Set(contents.map((content) => content.toString('latin1'))).size).toBe(3);
  expect(await run(...flags)).toMatchObject({
    code: 0,
    out: expect.stringContaining('3 of them were there already'),
  });
});

test('leaves another file of the same name alone, unless forced', async () => {
  await writeFile(join(folder, 'photo-1-0001.jpg'), 'mine');
  const flags = ['--count', '1', '--size-mb', '0.02', '--out', '.'];
  expect(await run(...flags)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/photo-1-0001\.jpg.*--force/),
  });
  expect(await readFile(join(folder, 'photo-1-0001.jpg'), 'utf8')).toBe('mine');
  expect(await readdir(folder)).toEqual(['photo-1-0001.jpg']);
  expect(await run(...flags, '--force')).toMatchObject({ code: 0 });
  expect((await stat(join(folder, 'photo-1-0001.jpg'))).size).toBeGreaterThan(15_000);
});

test.for([
  [['--count', '0'], 'expected integer between 1 and 10000 for --count but received 0 of type string'],
  [['--count', '2.5'], 'expected integer between 1 and 10000 for --count'],
  [['--size-mb', '1e3'], 'expected number between 0.01 and 50 for --size-mb but received 1e3'],
  [['--format', 'bmp'], 'expected one of jpeg, png, webp, avif, tiff, gif for --format but received bmp'],
  [['--cuont', '3'], "Unknown option '--cuont'"],
  [['DIR'], "Unexpected argument 'DIR'"],
  [['--shipped', '--seed', '3'], 'expected --shipped alone'],
] as const)('wrong flags %o end with 2 and what was expected', async ([flags, message]) => {
  expect(await run(...flags)).toMatchObject({ code: 2, err: expect.stringContaining(message) });
  expect(await readdir(folder)).toEqual([]);
});

test('--help says how', async () => {
  expect(await run('--help')).toMatchObject({ code: 0, out: expect.stringContaining('--size-mb X') });
});

test('Ctrl-C ends with 130 and leaves whole images only', async () => {
  const { child, ended } = start('--count', '500', '--size-mb', '0.02', '--out', '.');
  await vi.waitFor(
    async () => expect((await readdir(folder)).filter((name) => name.endsWith('.jpg'))).not.toEqual([]),
    {
      timeout: 20_000,
    },
  );
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
  const names = await readdir(folder);
  expect(names.filter((name) => !/^photo-1-\d{4}\.jpg$/.test(name))).toEqual([]);
  for (const name of names) await processImage(join(folder, name));
});
