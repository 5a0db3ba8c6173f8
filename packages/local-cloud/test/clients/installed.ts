import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { LocalCloud } from '../../src/index.ts';

const run = promisify(execFile);
const VERSION_TIMEOUT_MS = 20_000;
const CALL_TIMEOUT_MS = 120_000;

/** A program of this machine that answered with its version. */
export interface InstalledClient {
  readonly path: string;
  readonly version: string;
}

/**
 * Every copy of a program in PATH that works, one for each version: a machine may have several, and one may be a wrapper
 * of something that is not there.
 */
export async function installed(
  name: string,
  versionArgs: readonly string[],
  pattern: RegExp,
): Promise<InstalledClient[]> {
  const folders = new Set([...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin']);
  const candidates = await Promise.all(
    [...folders].map(async (folder): Promise<InstalledClient | undefined> => {
      const path = join(folder, name);
      try {
        const { stdout } = await run(path, versionArgs, {
          env: { PATH: process.env['PATH'] },
          timeout: VERSION_TIMEOUT_MS,
        });
        const version = pattern.exec(stdout)?.[0];
        return version === undefined ? undefined : { path, version };
      } catch {
        return undefined;
      }
    }),
  );
  const byVersion = new Map<string, InstalledClient>();
  for (const client of candidates) {
    if (client !== undefined && !byVersion.has(client.version)) byVersion.set(client.version, client);
  }
  return [...byVersion.values()];
}

/** Runs clients in an environment of nothing but PATH, a home of the test's own and what leads to the cloud. */
export function clientRunner(cloud: Pick<LocalCloud, 'credentials' | 'region'>, folder: string) {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return async (
    client: InstalledClient,
    args: readonly string[],
    more: Record<string, string> = {},
  ): Promise<string> => {
    const env = {
      PATH: process.env['PATH'],
      HOME: home,
      AWS_ACCESS_KEY_ID: cloud.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: cloud.credentials.secretAccessKey,
      AWS_DEFAULT_REGION: cloud.region,
      ...more,
    };
    try {
      const { stdout } = await run(client.path, args, { env, cwd: folder, timeout: CALL_TIMEOUT_MS });
      return stdout;
    } catch (error) {
      const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
      throw new Error(`${client.version} ${args.join(' ')}: ${stderr}`, { cause: error });
    }
  };
}
