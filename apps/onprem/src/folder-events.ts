import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';

import { OnPremUsageError } from './errors.ts';

export interface FolderListeners {
  /** A file that is there or has been written: its name as `listImages` would give it, and its path. */
  readonly onFile: (image: string, path: string) => void;
  /** Every file that was there at the start has been reported. */
  readonly onReady: () => void;
  readonly onError: (error: Error) => void;
}

/**
 * Reports the files of a folder, those that are there first, by the rules of `listImages`: every regular file, no
 * name that begins with a dot. Links are left out: what they lead to inside the folder is reported by itself.
 *
 * @param settleMs a new or changed file is reported when its size has stayed the same for so long. Files that are
 * there at the start are reported at once, so a reader must be ready for a half-written one.
 * @returns closes the watch.
 */
export function watchFolder(dir: string, settleMs: number, listeners: FolderListeners): () => Promise<void> {
  const root = resolve(dir);
  const nameOf = (path: string): string => relative(root, path).split(sep).join('/');
  const watcher = watch(root, {
    awaitWriteFinish: {
      stabilityThreshold: settleMs,
      pollInterval: Math.max(10, Math.min(100, settleMs / 2)),
    },
    followSymlinks: false,
    ignored: (path, stats) =>
      stats?.isSymbolicLink() === true ||
      nameOf(path)
        .split('/')
        .some((part) => part.startsWith('.')),
  });
  const report = (path: string): void => listeners.onFile(nameOf(path), path);
  watcher.on('add', report);
  watcher.on('change', report);
  watcher.on('ready', listeners.onReady);
  watcher.on('error', (error) => listeners.onError(cannotWatch(root, error)));
  return () => watcher.close();
}

function cannotWatch(root: string, cause: unknown): OnPremUsageError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const outOfWatches =
    cause instanceof Error && 'code' in cause && ['ENOSPC', 'EMFILE'].includes(String(cause.code));
  const advice = outOfWatches ? ' (raise fs.inotify.max_user_watches or the limit of open files)' : '';
  return new OnPremUsageError(`cannot watch ${root}: ${reason}${advice}`, { cause });
}
