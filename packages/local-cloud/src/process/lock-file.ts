import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { processIdentity } from './process-identity.ts';

/**
 * `<stateDir>/lock` says where the cloud of a state folder serves. It is an announcement, not the lock itself: that is the
 * exclusive lock on state.db (storage/open-database.ts), so only the cloud that has the folder writes or removes this file,
 * and what a killed one left behind is simply overwritten.
 */
const lockSchema = z.strictObject({
  pid: z.number().int().positive(),
  /** Of processIdentity(pid), so that a reused pid is not taken for the cloud. */
  processIdentity: z.string(),
  endpoint: z.url(),
  region: z.string(),
  /** Of this state folder (credentials.ts): who can read this file may use the cloud. */
  credentials: z.strictObject({ accessKeyId: z.string(), secretAccessKey: z.string() }),
  cpuShare: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('off') }),
    z.strictObject({ kind: z.literal('aws'), means: z.enum(['cgroup', 'stop-continue']) }),
  ]),
  startedAt: z.iso.datetime(),
});

export type CloudLock = z.output<typeof lockSchema>;

export function lockPath(stateDir: string): string {
  return join(stateDir, 'lock');
}

/** Appears whole or not at all (rename), readable by its owner alone. */
export function writeLock(stateDir: string, lock: Omit<CloudLock, 'pid' | 'processIdentity'>): void {
  const own: CloudLock = { pid: process.pid, processIdentity: processIdentity(process.pid) ?? '', ...lock };
  const temporary = `${lockPath(stateDir)}.${process.pid}`;
  writeFileSync(temporary, `${JSON.stringify(own, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(temporary, lockPath(stateDir));
}

export function removeLock(stateDir: string): void {
  rmSync(lockPath(stateDir), { force: true });
}

/** The announcement of a cloud whose process lives; undefined when there is none, or only one that a dead cloud left. */
export function readLiveLock(stateDir: string): CloudLock | undefined {
  const lock = readLock(stateDir);
  return lock !== undefined && processIdentity(lock.pid) === lock.processIdentity ? lock : undefined;
}

/** The announcement as it lies there, of whatever process; undefined when there is none that can be read. */
export function readLock(stateDir: string): CloudLock | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(readFileSync(lockPath(stateDir), 'utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return undefined;
    throw error;
  }
}
