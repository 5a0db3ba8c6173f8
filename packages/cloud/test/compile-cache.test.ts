import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { bundleFunction, CloudError, CloudUsageError, hostPlatform } from '../src/index.ts';
import { unpack } from './support/unpack.ts';

/** Needs a variable when it is loaded, says what it was told, and where its code is. */
const HANDLER = `import * as z from 'zod';
const name = z.string().min(1).parse(process.env.NAME);
export const handler = async () => {
  const { EOL } = await import('node:os');
  return [name, process.env.SKYGROUND_COMPILE_CACHE, EOL, new Error().stack];
};
`;

const signal = new AbortController().signal;
const run = promisify(execFile);
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'skyground-compile-cache-test-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

async function project(name: string, handler = HANDLER): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder);
  const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
  await symlink(modules, join(folder, 'node_modules'));
  await writeFile(join(folder, 'handler.ts'), handler);
  return join(folder, 'handler.ts');
}

function bundleOf(entryPoint: string, environment: Record<string, string> = { NAME: 'iris' }) {
  return bundleFunction(entryPoint, hostPlatform(), { environment, signal });
}

/** Invokes the handler of a package in a process of its own, as Lambda does. */
async function invoke(folder: string, ...flags: readonly string[]): Promise<unknown> {
  const script = `require('./index.cjs').handler().then((answer) => console.log(JSON.stringify(answer)))`;
  const { stdout, stderr } = await run(process.execPath, [...flags, '--eval', script], {
    cwd: folder,
    env: { NAME: 'iris' },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

describe('a bundle with a compile cache', () => {
  it('has the same SHA-256 from another folder', async () => {
    const first = await bundleOf(await project('first'));
    const second = await bundleOf(await project('a second folder'));

    expect(second.codeSha256).toBe(first.codeSha256);
  });

  it('is taken by a V8 with other limits, imports what is outside, and shows its true place in stacks', async () => {
    const task = join(root, 'task');
    await unpack((await bundleOf(await project('source'))).zip, task);

    expect(await readdir(task)).toEqual(['bundle.cache', 'bundle.cjs', 'index.cjs']);
    expect(await invoke(task, '--max-old-space-size=115')).toEqual([
      'iris',
      'accepted',
      '\n',
      expect.stringContaining(`(${task}/bundle.cjs:`),
    ]);
  });

  it('runs all the same where V8 does not take the cache, and says so', async () => {
    const task = join(root, 'task');
    await unpack((await bundleOf(await project('source'))).zip, task);

    expect(await invoke(task, '--no-lazy')).toMatchObject({ 0: 'iris', 1: 'rejected' });
    await writeFile(join(task, 'bundle.cache'), 'spoiled');
    expect(await invoke(task)).toMatchObject({ 0: 'iris', 1: 'rejected' });
  });

  it('is made with the declared environment and nothing else of this process', async () => {
    const spy = `import { homedir } from 'node:os';
if (Object.keys(process.env).some((name) => name === 'PATH')) throw new Error('PATH came along');
if (homedir() !== process.cwd()) throw new Error('credentials of ' + homedir() + ' are in reach');
export const handler = () => {};`;

    await bundleOf(await project('spy', spy));
    const failing = bundleOf(await project('source'), {});
    await expect(failing).rejects.toThrow(CloudError);
    await expect(failing).rejects.toThrow(
      /compileCache: expected the function's code to load .*expected string/s,
    );
    // The line that failed is the whole bundle.
    await expect(failing).rejects.toThrow(/^.{1,3000}$/s);
  });

  it('is refused for another instruction set than this one', async () => {
    const other = process.arch === 'arm64' ? 'x64' : 'arm64';
    const bundling = bundleFunction(await project('source'), `linux-${other}`, { environment: {}, signal });

    await expect(bundling).rejects.toThrow(CloudUsageError);
    await expect(bundling).rejects.toThrow(`--architecture ${process.arch}`);
  });

  it('ends the making with its signal, and leaves no folder', async () => {
    vi.stubEnv('TMPDIR', root);
    const PIPE = join(root, 'pipe');
    await run('mkfifo', [PIPE]);
    const endless = `import { writeFileSync } from 'node:fs';
writeFileSync(process.env.PIPE, 'loading');
for (;;);`;
    const stop = new AbortController();
    const options = { environment: { PIPE }, signal: stop.signal };
    const bundling = bundleFunction(await project('endless', endless), hostPlatform(), options);
    expect(await readFile(PIPE, 'utf8')).toBe('loading');
    stop.abort(new Error('stopped'));

    await expect(bundling).rejects.toThrow('stopped');
    expect(await readdir(root)).toEqual(['endless', 'pipe']);
  });
});
