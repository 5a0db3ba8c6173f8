import { mkdir, readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ProcessOptions } from '@skyground/imaging';

import type { PoolEvent } from './events.ts';
import { WorkerPool } from './pool.ts';
import type { WarmUp } from './pooled-worker.ts';
import { WorkerProcess } from './worker-process.ts';

export interface PoolSettings {
  readonly runId: string;
  readonly workers: number;
  readonly outputDir: string;
  readonly processOptions: ProcessOptions;
  readonly warmUp: WarmUp;
  readonly signal: AbortSignal;
  readonly onEvent: (event: PoolEvent) => void;
}

/** Gives `work` a pool, and leaves neither a process nor an unfinished output behind, however `work` ends. */
export async function withPool<Result>(
  { runId, workers, outputDir, processOptions, warmUp, signal, onEvent }: PoolSettings,
  work: (pool: WorkerPool) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  // Unfinished outputs stay on the file system of the finished ones (a rename must be possible) and out of their folders.
  const partialDir = join(resolve(outputDir), '.partial');
  await mkdir(partialDir, { recursive: true });
  const pool = new WorkerPool({
    workers,
    warmUp,
    onEvent,
    startWorker: (number, listeners) => {
      const environmentId = `worker-${number}`;
      const partialPath = join(partialDir, `${runId}-${environmentId}.jpg`);
      return new WorkerProcess(environmentId, { processOptions, partialPath }, listeners);
    },
  });
  const onAbort = (): void => void pool.close(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await work(pool);
  } finally {
    signal.removeEventListener('abort', onAbort);
    await pool.close(new Error('the worker pool is closed'));
    await removePartials(partialDir, `${runId}-`);
  }
}

async function removePartials(partialDir: string, prefix: string): Promise<void> {
  const names = await readdir(partialDir).catch(() => []);
  const own = names.filter((name) => name.startsWith(prefix));
  await Promise.all(own.map((name) => rm(join(partialDir, name), { force: true })));
  // Fails while another run has its own files there, which is right.
  await rmdir(partialDir).catch(() => undefined);
}
