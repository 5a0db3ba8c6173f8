import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** Times one way of processing all of the paths on so many cores. */
export interface Contender {
  readonly name: string;
  /** undefined when it is installed; otherwise what to install. */
  readonly missing: string | undefined;
  readonly seconds: (paths: readonly string[], outputDir: string) => Promise<number>;
}

/** Debian's own Python, for which Debian's Pillow is built; another Python may come first in PATH. */
const PYTHON = '/usr/bin/python3';

const program = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Ends with the exit of the program; throws what it said when it failed. @returns its standard output. */
export async function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.on('error', reject).on('close', resolve);
  const code = await promise;
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${stderr}`);
  return stdout;
}

async function isInstalled(command: string, ...args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

const answerSchema = z.object({ seconds: z.number().positive() });

/** A program of this folder that times itself, kept to the first `cores` cores. */
function selfTimed(cores: number, command: string, args: readonly string[]): Contender['seconds'] {
  return async (paths, outputDir) => {
    const arm = JSON.stringify({ paths, outputDir, cores });
    const [script = '', ...more] = args;
    const answer = await run(...pinned(cores, command, [script, arm, ...more]), {
      UV_THREADPOOL_SIZE: String(Math.max(4, cores * 2)),
    });
    return answerSchema.parse(JSON.parse(answer)).seconds;
  };
}

/** A command kept to the first `cores` cores: Linux's `taskset` and its arguments. */
export function pinned(cores: number, command: string, args: readonly string[]): [string, string[]] {
  return ['taskset', ['-c', cores === 1 ? '0' : `0-${cores - 1}`, command, ...args]];
}

export function onPrem(cores: number): Contender {
  const seconds = selfTimed(cores, process.execPath, [program('onprem-run.ts')]);
  return { name: `on-prem, ${workers(cores)}`, missing: undefined, seconds };
}

export function plainSharp(cores: number): Contender {
  const seconds = selfTimed(cores, process.execPath, [program('plain-loop.ts')]);
  return { name: `plain sharp, ${cores === 1 ? '1 core' : `${cores} cores`}`, missing: undefined, seconds };
}

export async function pillow(cores: number, mode: 'full' | 'draft'): Promise<Contender> {
  const missing = (await isInstalled(PYTHON, '-c', 'import PIL')) ? undefined : 'python3-pil';
  const name = mode === 'full' ? 'Pillow, full decode' : 'Pillow, draft()';
  return { name, missing, seconds: selfTimed(cores, PYTHON, [program('pillow.py'), mode]) };
}

/** One process per core, each with its share of the folder; their start is part of their time. */
export async function vipsThumbnail(cores: number): Promise<Contender> {
  const missing = (await isInstalled('vipsthumbnail', '--version')) ? undefined : 'libvips-tools';
  const seconds = async (paths: readonly string[], outputDir: string): Promise<number> => {
    const startMs = performance.now();
    await Promise.all(
      Array.from({ length: cores }, async (_, share) => {
        const folder = join(outputDir, `vips-${share}`);
        mkdirSync(folder, { recursive: true });
        const files = paths.filter((_path, index) => index % cores === share);
        const args = ['--size', '800x600!', '-o', `${folder}/%s.jpg[Q=85,strip,optimize_coding]`, ...files];
        await run(...pinned(cores, 'vipsthumbnail', args), { VIPS_CONCURRENCY: '1' });
      }),
    );
    return (performance.now() - startMs) / 1000;
  };
  return { name: 'vipsthumbnail', missing, seconds };
}

function workers(cores: number): string {
  return cores === 1 ? '1 worker on 1 core' : `${cores} workers`;
}
