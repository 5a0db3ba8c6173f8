import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { CloudError, CloudUsageError } from '../errors.ts';
import type { PlatformName } from './platform.ts';
import { writeFiles } from './write-files.ts';
import type { ZipFileEntry } from './zip.ts';

/** What is needed to make the cache of a function's code: it is loaded once, as at a cold start. */
export interface CompileCacheOptions {
  /** The function's own variables. Nothing of this process's comes with them. */
  readonly environment: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const ENTRY = fileURLToPath(new URL('compile-cache-entry.cjs', import.meta.url));
/** Longer than any init that Lambda allows. */
const TIMEOUT_MS = 60_000;
/**
 * The bundle may have left timers and connections behind, so the process ends itself. It prints its error itself, too: Node would print
 * the line that threw, which in a minified bundle is all of it.
 */
const MAKE = `
try {
  require('node:fs').writeFileSync('bundle.cache', require('./index.cjs').createCachedData());
  process.exit();
} catch (error) {
  console.error(error);
  process.exit(1);
}`;

const run = promisify(execFile);

/**
 * Makes a package of `index.cjs` one that starts from V8's compile cache of it: the code under another name, the cache, and an entry
 * that hands both to V8. Where V8 does not take the cache (another version of it), the code is compiled as ever.
 * `process.env.SKYGROUND_COMPILE_CACHE` says `accepted` or `rejected` to the handler.
 *
 * The same code gives the same bytes: `--predictable` fixes V8's random hashes and the order of its work, and does not count among the
 * flags that a cache is bound to (docs/decisions/0009-compile-cache.md).
 *
 * @param files of the package, `index.cjs` among them.
 */
export async function withCompileCache(
  files: readonly ZipFileEntry[],
  platform: PlatformName,
  { environment, signal }: CompileCacheOptions,
): Promise<readonly ZipFileEntry[]> {
  const architecture = platform.split('-').at(-1);
  if (architecture !== process.arch) {
    throw new CloudUsageError(
      `compileCache: expected a function for ${process.arch}, because V8 makes the cache on this machine, but it is for ${architecture}. ` +
        `Deploy it with --architecture ${process.arch}, from a machine that is ${architecture}, or without compileCache.`,
    );
  }
  const renamed = files.map(({ path, data }) => ({ path: path === 'index.cjs' ? 'bundle.cjs' : path, data }));
  const cached = [...renamed, { path: 'index.cjs', data: await readFile(ENTRY) }];
  const folder = await mkdtemp(join(tmpdir(), 'skyground-compile-cache-'));
  try {
    await writeFiles(cached, folder);
    await run(process.execPath, ['--predictable', '--eval', MAKE], {
      cwd: folder,
      // As Lambda sets them; no credentials, and nowhere to look for any.
      env: {
        AWS_REGION: 'us-east-1',
        AWS_EC2_METADATA_DISABLED: 'true',
        HOME: folder,
        TZ: ':UTC',
        ...environment,
      },
      signal,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
    });
    return [...cached, { path: 'bundle.cache', data: await readFile(join(folder, 'bundle.cache')) }];
  } catch (cause) {
    signal.throwIfAborted();
    throw new CloudError(
      `compileCache: expected the function's code to load with the environment that it is declared with, but it did not: ${reasonOf(cause)}`,
      { cause },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the process printed of its error; without that, why it could not be run to its end. */
function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  if ('killed' in cause && cause.killed === true) return `it took longer than ${TIMEOUT_MS / 1000} s.`;
  const printed = 'stderr' in cause ? String(cause.stderr).trim() : '';
  return printed === '' ? cause.message : printed;
}
