import type { TimedEvent } from '../history/timed-event.ts';
import { onlyOne } from './only-one.ts';
import { incomplete, type Result } from './result.ts';
import { collectTasks, type Task } from './tasks.ts';

/** The lab's table of a PARALLEL, of any width, by both definitions of overhead. */
export interface ParallelFigures {
  /** One per branch. */
  readonly tasks: readonly Task[];
  /** T_parallel_start: ParallelStateEntered. */
  readonly enteredAtMs: number;
  /** T_last_started: the last TaskStarted of any branch. */
  readonly lastStartedAtMs: number;
  /** ParallelStateExited. */
  readonly exitedAtMs: number;
  /** T_last_started - T_parallel_start. */
  readonly fanOutDelayMs: number;
  /** Of the Parallel state: exit - start. */
  readonly durationMs: number;
  /** The fan-out delay's share of the duration. */
  readonly overheadPercent: number;
  /**
   * From ParallelStateEntered until the last handler ran, dispatch included. The one is by the clock of Step Functions, the other by
   * that of an environment: on AWS those may differ by some milliseconds.
   */
  readonly handlerFanOutDelayMs: number;
  readonly handlerOverheadPercent: number;
}

/** Figures of an execution of one Parallel whose branches are one task each. */
export function parallelFigures(events: readonly TimedEvent[]): Result<ParallelFigures> {
  const collected = collectTasks(events);
  if (collected.kind === 'incomplete') return collected;
  const tasks = collected.figures;
  const entered = onlyOne(events, 'ParallelStateEntered');
  if (entered.kind === 'incomplete') return entered;
  const exited = onlyOne(events, 'ParallelStateExited');
  if (exited.kind === 'incomplete') return exited;
  const enteredAtMs = entered.figures.atMs;
  const exitedAtMs = exited.figures.atMs;
  const durationMs = exitedAtMs - enteredAtMs;
  if (!(durationMs > 0))
    return incomplete(
      `expected ParallelStateExited after ParallelStateEntered, found ${durationMs} ms between them`,
    );

  const lastStartedAtMs = Math.max(...tasks.map(({ startedAtMs }) => startedAtMs));
  const fanOutDelayMs = lastStartedAtMs - enteredAtMs;
  const handlerFanOutDelayMs = Math.max(...tasks.map(({ handler }) => handler.invokedAtMs)) - enteredAtMs;
  return {
    kind: 'complete',
    figures: {
      tasks,
      enteredAtMs,
      lastStartedAtMs,
      exitedAtMs,
      fanOutDelayMs,
      durationMs,
      overheadPercent: (fanOutDelayMs / durationMs) * 100,
      handlerFanOutDelayMs,
      handlerOverheadPercent: (handlerFanOutDelayMs / durationMs) * 100,
    },
  };
}
