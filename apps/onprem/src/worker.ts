// The program of a worker process: one image at a time, the next one's file read meanwhile.
import { configureSharp } from '@skyground/imaging';

import { type WorkerReply, type WorkerRequest, workerConfigSchema, workerRequestSchema } from './messages.ts';
import { processFile } from './process-file.ts';

const config = workerConfigSchema.parse(JSON.parse(process.argv[2] ?? 'null'));

function reply(message: WorkerReply): void {
  // A parent that is gone needs no reply; `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => undefined);
}

let lastTurn: Promise<void> = Promise.resolve();

/** Images take turns in the order in which their files were read; a turn ends when its reply is on its way. */
async function work(request: WorkerRequest): Promise<void> {
  const { jobId } = request;
  const { promise: turnIsOver, resolve: endTurn } = Promise.withResolvers<void>();
  let turnStartMs: number | undefined;
  const result = await processFile(request, config, async (process) => {
    const previousTurn = lastTurn;
    lastTurn = turnIsOver;
    await previousTurn;
    turnStartMs = performance.now();
    reply({ type: 'started', jobId });
    return process();
  });
  const turnMs = turnStartMs === undefined ? 0 : performance.now() - turnStartMs;
  reply({ type: 'finished', jobId, turnMs, result });
  endTurn();
}

process.on('message', (message) => void work(workerRequestSchema.parse(message)));

// Ctrl-C reaches the whole process group; the parent decides what becomes of its workers.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(0));

configureSharp();
reply({ type: 'ready' });
