import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Manifest } from './manifest.ts';

const run = promisify(execFile);
const packageSchema = z.looseObject({ version: z.string() });

/** Which sources measured: found again with the commit and the lock file, if the tree was not dirty. */
export async function describeSource(): Promise<Pick<Manifest, 'source' | 'tool'>> {
  const root = repositoryRoot(import.meta.dirname);
  const [gitCommit, changes, lockFile, description] = await Promise.all([
    git(root, 'rev-parse', 'HEAD'),
    git(root, 'status', '--porcelain'),
    root === undefined ? undefined : readFile(join(root, 'package-lock.json')),
    root === undefined ? undefined : readFile(join(root, 'package.json'), 'utf8'),
  ]);
  return {
    tool: {
      name: 'skyground',
      version: description === undefined ? 'unknown' : packageSchema.parse(JSON.parse(description)).version,
    },
    source: {
      gitCommit: gitCommit ?? null,
      isDirty: changes === undefined ? null : changes !== '',
      lockFileSha256: lockFile === undefined ? null : createHash('sha256').update(lockFile).digest('hex'),
    },
  };
}

/** The nearest folder above with a lock file: the sources and a bundle of them lie at different depths. */
function repositoryRoot(folder: string): string | undefined {
  if (existsSync(join(folder, 'package-lock.json'))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryRoot(above);
}

async function git(root: string | undefined, ...args: readonly string[]): Promise<string | undefined> {
  if (root === undefined) return undefined;
  return run('git', [...args], { cwd: root, timeout: 10_000, maxBuffer: 16 * 1024 * 1024 }).then(
    ({ stdout }) => stdout.trim(),
    // No git, or no repository: a download of the sources measures as well.
    () => undefined,
  );
}
