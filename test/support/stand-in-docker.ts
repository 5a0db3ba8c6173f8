import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import * as z from 'zod';

const callSchema = z.strictObject({
  args: z.array(z.string()),
  stdin: z.string(),
  context: z.array(z.string()),
});

export type DockerCall = z.infer<typeof callSchema>;

/** A `docker` that comes first on the PATH of this process. */
export interface StandInDocker {
  /** Where files steer it: see the fixture. */
  readonly folder: string;
  /** What it was asked, first to last. */
  readonly calls: () => readonly DockerCall[];
  /** The images that were pushed, by their URIs. */
  readonly pushed: () => readonly string[];
  readonly stop: () => Promise<void>;
}

export async function startStandInDocker(): Promise<StandInDocker> {
  const folder = await mkdtemp(join(tmpdir(), 'skyground-docker-'));
  const program = fileURLToPath(new URL('../fixtures/image-app/docker.ts', import.meta.url));
  await writeFile(join(folder, 'docker'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  await chmod(join(folder, 'docker'), 0o755);
  vi.stubEnv('PATH', `${folder}:${process.env['PATH']}`);
  vi.stubEnv('STAND_IN', folder);
  const lines = (file: string): readonly string[] =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').trim().split('\n') : [];
  return {
    folder,
    calls: () => lines('calls.jsonl').map((line) => callSchema.parse(JSON.parse(line))),
    pushed: () => lines('pushed'),
    stop: async () => {
      vi.unstubAllEnvs();
      await rm(folder, { recursive: true });
    },
  };
}
