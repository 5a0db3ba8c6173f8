import type { TimedEvent } from '../history/timed-event.ts';
import { incomplete, type Result } from './result.ts';
import { collectTasks, type Task } from './tasks.ts';

/** The lab's table of a CHAIN, of any length, by both definitions of overhead. */
export interface ChainFigures {
  /** T_A_start is the first one's `enteredAtMs`, T_A_end its `succeededAtMs`, ... T_C_exit the last one's `exitedAtMs`. */
  readonly tasks: readonly Task[];
  /** Overhead_AB, Overhead_BC, ...: TaskSucceeded to the next TaskStateEntered. One less than there are tasks. */
  readonly gapsMs: readonly number[];
  readonly totalOverheadMs: number;
  /** T_C_exit - T_A_start. */
  readonly totalInternalMs: number;
  /** Of `totalInternalMs`. */
  readonly overheadPercent: number;
  /**
   * From the end of one handler to the begin of the next, by the clocks of their environments: the gap of the events and, around it,
   * what the dispatch of the calls takes.
   */
  readonly handlerGapsMs: readonly number[];
  readonly totalHandlerGapMs: number;
  /** Of `totalInternalMs`. */
  readonly handlerOverheadPercent: number;
}

/** Figures of an execution whose tasks ran one after the other. */
export function chainFigures(events: readonly TimedEvent[]): Result<ChainFigures> {
  const collected = collectTasks(events);
  if (collected.kind === 'incomplete') return collected;
  const tasks = collected.figures;
  const parallel = events.find(({ type }) => type === 'ParallelStateEntered');
  if (parallel !== undefined) return incomplete(`expected a chain, found the Parallel ${parallel.stateName}`);
  const first = tasks.at(0);
  const last = tasks.at(-1);
  if (first === undefined || last === undefined) return incomplete('expected at least one task, found none');
  const totalInternalMs = last.exitedAtMs - first.enteredAtMs;
  if (!(totalInternalMs > 0))
    return incomplete(`expected T_exit after T_start, found ${totalInternalMs} ms between them`);

  const gapsMs = between(tasks, (task, next) => next.enteredAtMs - task.succeededAtMs);
  const handlerGapsMs = between(tasks, (task, next) => next.handler.invokedAtMs - task.handler.finishedAtMs);
  const totalOverheadMs = sum(gapsMs);
  const totalHandlerGapMs = sum(handlerGapsMs);
  return {
    kind: 'complete',
    figures: {
      tasks,
      gapsMs,
      totalOverheadMs,
      totalInternalMs,
      overheadPercent: (totalOverheadMs / totalInternalMs) * 100,
      handlerGapsMs,
      totalHandlerGapMs,
      handlerOverheadPercent: (totalHandlerGapMs / totalInternalMs) * 100,
    },
  };
}

function between(tasks: readonly Task[], gap: (task: Task, next: Task) => number): readonly number[] {
  return tasks.flatMap((task, index) => {
    const next = tasks[index + 1];
    return next === undefined ? [] : [gap(task, next)];
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
