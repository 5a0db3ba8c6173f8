import { collectParts, mergeParts, type Part } from '@skyground/image-processor';
import { rowKey } from '../comparison/rows.ts';
import { logLinesAbout } from '../lambda-logs.ts';
import { pollIntervalMs, pollUntil } from '../poll.ts';
import type { Stage, StageContext } from '../stage.ts';

const mostExplained = 5;

/** Waits until every image of this run has its part, or nothing has come back for --wait seconds; then says which are missing and why. */
export const waitStage: Stage = {
  id: 'wait',
  async run(context) {
    const { images, options, runId, signal, emit } = context;
    const { clients, names } = await context.cloud();
    const total = images.length * options.repetitions;
    const known = new Map<string, Part>();
    const reported = new Set<string>();
    const look = async () => {
      const parts = await collectParts({ clients, outputBucket: names.outputBucket, runId, signal, known });
      const records = mergeParts(parts, runId);
      for (const record of records) {
        if (reported.has(rowKey(record))) continue;
        reported.add(rowKey(record));
        emit({ type: 'imageFinished', side: 'cloud', record });
      }
      context.progress(records.length, total, 'images');
      return { done: records.length >= total, progress: records.length };
    };
    const outcome = await pollUntil(look, {
      intervalMs: pollIntervalMs(clients.target.kind),
      quietMs: options.waitMs,
      signal,
    });
    if (outcome === 'done') return `all ${total} images came back`;
    await explainMissing(context, reported);
    return `${reported.size} of ${total} images came back; the rest were given up after ${options.waitMs / 1000} s without progress`;
  },
};

async function explainMissing(context: StageContext, reported: ReadonlySet<string>): Promise<void> {
  const { images, options, emit, signal } = context;
  const { clients, names } = await context.cloud();
  const missing = Array.from({ length: options.repetitions }, (_, index) => index + 1)
    .flatMap((repetition) => images.map(({ name }) => ({ image: name, repetition })))
    .filter((row) => !reported.has(rowKey(row)));
  for (const row of missing.slice(0, mostExplained)) {
    const lines = await logLinesAbout(clients, names.logGroup, row.image, context.state().uploadStartedMs ?? 0, signal);
    const why = lines.length === 0 ? 'its invocations left no log line' : lines.join('\n    ');
    emit({ type: 'log', level: 'error', message: `${rowKey(row)} never came back:\n    ${why}` });
  }
  if (missing.length > mostExplained) {
    emit({ type: 'log', level: 'error', message: `${missing.length - mostExplained} more never came back` });
  }
}
