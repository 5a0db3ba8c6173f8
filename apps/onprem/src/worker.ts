// The program of a worker process: one image at a time, the next one's file read meanwhile.
import { configureSharp } from '@skyground/imaging';

import { type WorkerReply, workerConfigSchema, workerRequestSchema } from './messages.ts';
import { processFile, type TakeTurn } from './process-file.ts';

const config = workerConfigSchema.parse(JSON.parse(process.argv[2] ?? 'null'));

function reply(message: WorkerReply): void {
  // A parent that is gone needs no reply; `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

let lastTurn: Promise<void> = Promise.resolve();

/** Images take turns in the order in which their files were read. */
function turnsOf(jobId: number): TakeTurn {
  return async (work) => {
    const previous = lastTurn;
    const { promise, resolve } = Promise.withResolvers<void>();
    lastTurn = promise;
    await previous;
    reply({ type: 'started', jobId });
    try {
      return await work();
    } finally {
      resolve();
    }
  };
}

process.on('message', (message) => {
  const request = workerRequestSchema.parse(message);
  void processFile(request, config, turnsOf(request.jobId)).then((result) =>
    reply({ type: 'finished', jobId: request.jobId, result }),
  );
});

// Ctrl-C reaches the whole process group; the parent decides what becomes of its workers.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(0));

configureSharp();
reply({ type: 'ready' });
