import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';

import { configureSharp } from '../configure-sharp.ts';
import { type ImageSet, makeImage } from './image-set.ts';

/** One image made, or the reason why not. */
export type Made =
  | { readonly kind: 'made'; readonly index: number; readonly data: Uint8Array }
  | { readonly kind: 'failed'; readonly index: number; readonly message: string };

// A thread of the pool: receives indices, answers each with an image.
const port = parentPort;
if (port === null) throw new Error('expected to be started as a worker thread');
const set: ImageSet = workerData;
configureSharp();
port.on('message', (message: unknown) => {
  const index = z.int().parse(message);
  void answer(index).then((made) => port.postMessage(made));
});

async function answer(index: number): Promise<Made> {
  try {
    return { kind: 'made', index, data: await makeImage(set, index) };
  } catch (error) {
    return { kind: 'failed', index, message: error instanceof Error ? error.message : String(error) };
  }
}
