import { failedOf, type Progress } from './progress.ts';
import type { Work } from './runtime.ts';

/** The end of a line, here of the outermost. */
export type End = Extract<Progress, { kind: 'ended' | 'failed' }>;

/** Only the first result of a session counts: false for any other. */
export function end({ store, runtime }: Work, progress: End): Promise<boolean> {
  const completedAtMs = runtime.clock.now();
  return store.end(
    progress.kind === 'ended'
      ? { status: 'SUCCEEDED', output: progress.output, completedAtMs }
      : { status: 'FAILED', ...failedOf(progress), completedAtMs },
  );
}

/** After the first result: what any other invocation writes from now on, it clears away itself. */
export async function collect({ store, session }: Work): Promise<void> {
  if (session.collectsGarbage) await store.collect(false);
}
