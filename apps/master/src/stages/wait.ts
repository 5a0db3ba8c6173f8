import { pollIntervalMs, pollUntil } from '@skyground/cloud';
import { inputKey } from '@skyground/image-processor';
import { rowKey } from '../comparison/rows.ts';
import { explainMissing } from '../explain-missing.ts';
import type { Stage } from '../stage.ts';
import { tasksOf } from '../tasks.ts';

/** Waits until every image of this run has its part, or nothing has come back for --wait seconds; then says which are missing and why. */
export const waitStage: Stage = {
  id: 'wait',
  async run(context) {
    const { images, options, runId, emit, signal } = context;
    const { clients, names, cloudImages } = await context.cloud();
    const tasks = tasksOf(images, options.repetitions);
    const total = tasks.length;
    let came = 0;
    const look = async () => {
      came = await cloudImages.look({ clients, outputBucket: names.buckets.output, runId, signal, emit });
      // After a stop, those on their way were uploaded by the process before this one.
      for (const { image, repetition } of tasks)
        cloudImages.started(context, { image: image.name, repetition });
      context.progress(came, total, 'images');
      return { done: came >= total, progress: came };
    };
    const outcome = await pollUntil(look, {
      intervalMs: pollIntervalMs(clients.target.kind),
      quietMs: options.waitMs,
      signal,
    });
    if (outcome === 'done') return `all ${total} images came back`;
    const missing = tasks
      .map(({ image, repetition }) => ({ image: image.name, repetition }))
      .filter((row) => !cloudImages.hasFinished(row))
      .map((row) => ({ name: rowKey(row), key: inputKey({ runId, ...row }) }));
    const messages = await explainMissing(missing, {
      clients,
      logGroup: names.functions.main.logGroup,
      sinceMs: context.state().uploadStartedMs ?? 0,
      signal,
    });
    for (const message of messages) emit({ type: 'log', level: 'error', message });
    return `${came} of ${total} images came back; the rest were given up after ${options.waitMs / 1000} s without progress`;
  },
};
