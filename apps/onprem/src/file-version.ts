import type { BigIntStats } from 'node:fs';
import { stat } from 'node:fs/promises';

/**
 * Which content of a file was read: `<inode>-<size in bytes>-<mtime in ns>`. It is taken from the open file
 * that is read, so that it cannot name another content, and written into the record's `requestId`, from
 * which a restarted watch knows what was done.
 */
export function versionOf(stats: BigIntStats): string {
  return `${stats.ino}-${stats.size}-${stats.mtimeNs}`;
}

/** The version that a path leads to now, or undefined when it leads to no readable regular file. */
export async function currentVersion(path: string): Promise<string | undefined> {
  try {
    const stats = await stat(path, { bigint: true });
    return stats.isFile() ? versionOf(stats) : undefined;
  } catch {
    return undefined;
  }
}

/** Size and mtime, without the inode: what stays when a file is restored from elsewhere with its times. */
export function contentOf(version: string): string {
  return version.slice(version.indexOf('-') + 1);
}
