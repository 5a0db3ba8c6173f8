import { collect, end } from '../end.ts';
import { isSmall } from '../fan-in/fan-in.ts';
import { joinEnded } from '../fan-in/join.ts';
import { goOn, goOnJoined } from '../go-on.ts';
import type { Line } from '../line.ts';
import type { Progress } from '../progress.ts';
import type { Work } from '../runtime.ts';

/** Does what comes next, after something was kept. */
export type Continuation = () => Promise<void>;

/**
 * Keeps what a node came to, so that nobody does it again: as the result of the workflow, or as the end of a line in the fan-in's item, or
 * else as a checkpoint of its own. Each is one conditional write; undefined where another was there first.
 */
export async function keep(
  work: Work,
  progress: Progress,
  line: Line & { readonly keptIn: string },
): Promise<Continuation | undefined> {
  const frame = line.frames.at(-1);
  if (frame === undefined && progress.kind !== 'stands') {
    return (await end(work, progress)) ? () => collect(work) : undefined;
  }
  if (frame !== undefined && progress.kind === 'ended' && isSmall(progress.output, frame.lineCount)) {
    const { fanIn, isNew } = await joinEnded(work, progress, line);
    return isNew ? () => goOnJoined(work, fanIn, line) : undefined;
  }
  const isNew = await work.store.checkpoint(line.keptIn, progress);
  return isNew ? () => goOn(work, progress, line) : undefined;
}
