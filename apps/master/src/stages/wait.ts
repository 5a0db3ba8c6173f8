import { inputKey } from '@skyground/image-processor';
import { rowKey } from '../comparison/rows.ts';
import { functionLog, lastLines, linesAbout } from '../lambda-logs.ts';
import { pollIntervalMs, pollUntil } from '../poll.ts';
import type { Stage, StageContext } from '../stage.ts';
import { tasksOf } from '../tasks.ts';

const mostExplained = 5;

/** Waits until every image of this run has its part, or nothing has come back for --wait seconds; then says which are missing and why. */
export const waitStage: Stage = {
  id: 'wait',
  async run(context) {
    const { images, options, signal } = context;
    const { clients, cloudImages } = await context.cloud();
    const tasks = tasksOf(images, options.repetitions);
    const total = tasks.length;
    let came = 0;
    const look = async () => {
      came = await cloudImages.look(context);
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
    await explainMissing(context);
    return `${came} of ${total} images came back; the rest were given up after ${options.waitMs / 1000} s without progress`;
  },
};

async function explainMissing(context: StageContext): Promise<void> {
  const { images, options, runId, emit, signal } = context;
  const { clients, names, cloudImages } = await context.cloud();
  const missing = tasksOf(images, options.repetitions).filter(
    ({ image, repetition }) => !cloudImages.hasFinished({ image: image.name, repetition }),
  );
  const log = await functionLog(clients, names.functions.main.logGroup, {
    sinceMs: context.state().uploadStartedMs ?? 0,
    signal,
  });
  const silent: string[] = [];
  const error = (message: string) => emit({ type: 'log', level: 'error', message });
  for (const { image, repetition } of missing.slice(0, mostExplained)) {
    const name = rowKey({ image: image.name, repetition });
    const lines = linesAbout(log, inputKey({ runId, repetition, image: image.name }));
    if (lines.length === 0) silent.push(name);
    else error([`${name} never came back. Its invocations logged:`, ...lines].join('\n  '));
  }
  if (silent.length > 0) {
    const last = lastLines(log);
    const said = last.length === 0 ? ['nothing: it may never have been invoked'] : last;
    error(
      [
        `${silent.join(', ')} never came back, and no log line names them. The function's last lines:`,
        ...said,
      ].join('\n  '),
    );
  }
  if (missing.length > mostExplained) error(`${missing.length - mostExplained} more images never came back`);
}
