import { mkdir } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';

import { type ImageSet, namesOf } from './image-set.ts';
import type { Made } from './worker.ts';
import { type Written, writeImage } from './write-image.ts';

export interface WriteSetOptions {
  readonly folder: string;
  readonly force: boolean;
  readonly signal: AbortSignal;
  /** Told after each image. */
  readonly onImage: (name: string, sizeBytes: number, written: Written) => void;
}

/**
 * Makes the images of a set on a thread per core and writes each as soon as it is made.
 *
 * @throws the first failure, after all threads have ended; images written before it stay.
 */
export async function writeSet(
  set: ImageSet,
  { folder, force, signal, onImage }: WriteSetOptions,
): Promise<void> {
  signal.throwIfAborted();
  await mkdir(folder, { recursive: true });
  const names = namesOf(set);
  const remaining = names.entries();
  const stop = new AbortController();
  const stopped = AbortSignal.any([signal, stop.signal]);
  const threads = Array.from({ length: Math.min(availableParallelism(), names.length) }, async () => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: set });
    try {
      for (const [index, name] of remaining) {
        const data = await ask(worker, index, stopped);
        onImage(name, data.byteLength, await writeImage(folder, name, data, force));
      }
    } catch (error) {
      stop.abort(error);
      throw error;
    } finally {
      await worker.terminate();
    }
  });
  const outcomes = await Promise.allSettled(threads);
  if (outcomes.some(({ status }) => status === 'rejected')) throw stopped.reason;
}

/** Has a thread make one image. */
async function ask(worker: Worker, index: number, signal: AbortSignal): Promise<Buffer> {
  signal.throwIfAborted();
  const answer = Promise.withResolvers<Buffer>();
  const onMessage = (made: Made): void => {
    if (made.kind === 'made')
      answer.resolve(Buffer.from(made.data.buffer, made.data.byteOffset, made.data.byteLength));
    else answer.reject(new Error(made.message));
  };
  const onAbort = (): void => answer.reject(signal.reason);
  worker.once('message', onMessage);
  worker.once('error', answer.reject);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    worker.postMessage(index);
    return await answer.promise;
  } finally {
    worker.off('message', onMessage);
    worker.off('error', answer.reject);
    signal.removeEventListener('abort', onAbort);
  }
}
