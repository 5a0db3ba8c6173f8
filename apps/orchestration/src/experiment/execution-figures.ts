import { type ChainFigures, chainFigures } from '../figures/chain.ts';
import { type ParallelFigures, parallelFigures } from '../figures/parallel.ts';
import type { Result } from '../figures/result.ts';
import { eventsOf } from './events-cell.ts';
import type { Sample } from './sample.ts';

interface Common {
  /** What the arms are compared by: from the first task entered to the last exited, or of the Parallel state. */
  readonly durationMs: number;
  /** Counted in the history. */
  readonly tasks: number;
  /** The least that any handler was at work. */
  readonly waitedMs: number;
}

/** The figures of an execution, by the path that its own history shows. */
export type ExecutionFigures =
  | (Common & { readonly path: 'CHAIN'; readonly chain: ChainFigures })
  | (Common & { readonly path: 'PARALLEL'; readonly parallel: ParallelFigures });

/** Worked out from the row's events alone, or why they do not suffice. */
export function executionFigures(sample: Pick<Sample, 'events'>): Result<ExecutionFigures> {
  const events = eventsOf(sample.events);
  if (events.some(({ type }) => type === 'ParallelStateEntered')) {
    const result = parallelFigures(events);
    if (result.kind === 'incomplete') return result;
    const { figures: parallel } = result;
    const { tasks, durationMs } = parallel;
    return {
      kind: 'complete',
      figures: { path: 'PARALLEL', durationMs, tasks: tasks.length, waitedMs: leastWork(tasks), parallel },
    };
  }
  const result = chainFigures(events);
  if (result.kind === 'incomplete') return result;
  const { figures: chain } = result;
  const { tasks, totalInternalMs: durationMs } = chain;
  return {
    kind: 'complete',
    figures: { path: 'CHAIN', durationMs, tasks: tasks.length, waitedMs: leastWork(tasks), chain },
  };
}

function leastWork(tasks: ChainFigures['tasks']): number {
  return Math.min(...tasks.map(({ handler }) => handler.finishedAtMs - handler.invokedAtMs));
}
