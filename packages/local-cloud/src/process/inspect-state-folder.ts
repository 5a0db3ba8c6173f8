import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabase, StateFolderError, StateFolderInUseError } from '../storage/open-database.ts';
import { readLiveLock, readLock } from './lock-file.ts';

/** How a state folder stands. */
export type StateFolderState =
  /** Nothing there yet: the first cloud makes it. */
  | { readonly kind: 'absent' }
  /** A process serves it. */
  | { readonly kind: 'serving'; readonly endpoint: string; readonly pid: number }
  /** Whole, and nobody uses it. `deadPid`: of a cloud that was killed and left its announcement; the next one overwrites it. */
  | { readonly kind: 'idle'; readonly deadPid: number | undefined }
  /** Open in a process that announces no cloud: one that is just starting or stopping, or another program. */
  | { readonly kind: 'in-use' }
  | { readonly kind: 'unusable'; readonly error: StateFolderError };

/** Looks at a state folder without starting or changing anything. */
export function inspectStateFolder(stateDir: string): StateFolderState {
  const serving = readLiveLock(stateDir);
  if (serving !== undefined) return { kind: 'serving', endpoint: serving.endpoint, pid: serving.pid };
  if (!existsSync(join(stateDir, 'state.db'))) return { kind: 'absent' };
  try {
    checkDatabase(stateDir);
    return { kind: 'idle', deadPid: readLock(stateDir)?.pid };
  } catch (error) {
    if (error instanceof StateFolderInUseError) return { kind: 'in-use' };
    if (error instanceof StateFolderError) return { kind: 'unusable', error };
    throw error;
  }
}
