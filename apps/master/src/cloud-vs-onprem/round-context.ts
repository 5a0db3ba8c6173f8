import type { LogLevel } from '@skyground/experiment';
import type { ListedImage } from '@skyground/imaging';
import type { ImageRecord } from '@skyground/metrics';
import type { Round, Task } from './rounds.ts';
import type { Sample } from './sample.ts';

/** What both sides are given to do a round. */
export interface RoundContext {
  readonly round: Round;
  readonly images: ReadonlyMap<string, ListedImage>;
  /** Of this round alone: keys and rows of rounds cannot be mixed up. */
  readonly runId: string;
  readonly signal: AbortSignal;
  readonly log: (level: LogLevel, message: string) => void;
}

/** A row as a side gives it; what is the same for a round is added to all. */
export type RoundRow = ImageRecord &
  Partial<Pick<Sample, 'phase' | 'timedOut' | 'logBytes' | 'listRequests' | 'declaredMemoryMb'>>;

/** The round's tasks with their files. */
export function filesOf({ round, images }: RoundContext): readonly (Task & { readonly file: ListedImage })[] {
  return round.tasks.map((task) => {
    const file = images.get(task.image);
    if (file === undefined) throw new Error(`${task.image} is in the plan and not in the folder.`);
    return { ...task, file };
  });
}
