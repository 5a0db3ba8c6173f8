import type { ProbeTimes } from '../../src/history/probe-times.ts';
import type { TimedEvent } from '../../src/history/timed-event.ts';

/** When the events of one task were, by the clock of Step Functions, and its handler's begin and end by its own. */
export interface TaskTimes {
  readonly stateName: string;
  readonly enteredAtMs: number;
  readonly startedAtMs: number;
  readonly succeededAtMs: number;
  readonly exitedAtMs: number;
  readonly invokedAtMs: number;
  readonly finishedAtMs: number;
}

type Unlinked = Omit<TimedEvent, 'id' | 'previousId'>;

/** An event of the execution itself, or of a state that is no task. */
export function event(type: string, atMs: number, stateName: string | null = null): Unlinked {
  return { type, atMs, stateName, probe: null };
}

/** The five events of a task. */
export function taskEvents(task: TaskTimes): readonly Unlinked[] {
  const { stateName, enteredAtMs, startedAtMs, succeededAtMs, exitedAtMs } = task;
  const { invokedAtMs, finishedAtMs } = task;
  const probe: ProbeTimes = {
    stepName: stateName,
    invokedAtMs,
    finishedAtMs,
    coldStart: false,
    requestId: `request-of-${stateName}`,
  };
  return [
    event('TaskStateEntered', enteredAtMs, stateName),
    event('TaskScheduled', enteredAtMs, stateName),
    event('TaskStarted', startedAtMs, stateName),
    { ...event('TaskSucceeded', succeededAtMs, stateName), probe },
    event('TaskStateExited', exitedAtMs, stateName),
  ];
}

/** Ids in the order given. Figures go by states and not by links, so that each event simply follows the one before. */
export function numbered(events: readonly Unlinked[]): readonly TimedEvent[] {
  return events.map((unlinked, index) => ({ ...unlinked, id: index + 1, previousId: index }));
}

/** The tasks of a chain with what is around them. */
export function chainHistory(tasks: readonly TaskTimes[]): readonly TimedEvent[] {
  return numbered([
    event('ExecutionStarted', tasks[0]?.enteredAtMs ?? 0),
    ...tasks.flatMap(taskEvents),
    event('ExecutionSucceeded', tasks.at(-1)?.exitedAtMs ?? 0),
  ]);
}

/** The tasks of a Parallel with what is around them; `order` mixes the events of the branches. */
export function parallelHistory(
  span: { readonly enteredAtMs: number; readonly exitedAtMs: number },
  tasks: readonly TaskTimes[],
  order: (events: readonly Unlinked[]) => readonly Unlinked[] = (events) => events,
): readonly TimedEvent[] {
  return numbered([
    event('ExecutionStarted', span.enteredAtMs),
    event('ParallelStateEntered', span.enteredAtMs, 'Fan_Out'),
    event('ParallelStateStarted', span.enteredAtMs, 'Fan_Out'),
    ...order(tasks.flatMap(taskEvents)),
    event('ParallelStateSucceeded', span.exitedAtMs, 'Fan_Out'),
    event('ParallelStateExited', span.exitedAtMs, 'Fan_Out'),
    event('ExecutionSucceeded', span.exitedAtMs),
  ]);
}
