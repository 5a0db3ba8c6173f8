import type { ProbeTimes } from '../history/probe-times.ts';
import type { TimedEvent } from '../history/timed-event.ts';
import { onlyOne } from './only-one.ts';
import { incomplete, type Result } from './result.ts';

/** One task of an execution: when each of its events was. Epoch milliseconds, by the clock of Step Functions. */
export interface Task {
  readonly stateName: string;
  /** TaskStateEntered. */
  readonly enteredAtMs: number;
  /** TaskStarted: Step Functions has called the function. */
  readonly startedAtMs: number;
  /** TaskSucceeded. */
  readonly succeededAtMs: number;
  /** TaskStateExited. */
  readonly exitedAtMs: number;
  /** By the clock of the function's environment. */
  readonly handler: ProbeTimes;
}

/** The tasks of an execution that succeeded, in the order in which they were entered. */
export function collectTasks(events: readonly TimedEvent[]): Result<readonly Task[]> {
  const fault = events.find(({ type }) => /(Failed|TimedOut|Aborted)$/.test(type));
  if (fault !== undefined) return incomplete(`expected no failure, found ${described(fault)}`);
  if (!events.some(({ type }) => type === 'ExecutionSucceeded'))
    return incomplete('expected ExecutionSucceeded, but the execution has not ended');

  const inOrder = events.toSorted((a, b) => a.id - b.id).filter(({ type }) => type.startsWith('Task'));
  const stray = inOrder.find(({ stateName }) => stateName === null);
  if (stray !== undefined)
    return incomplete(`expected every event of a task to belong to a state, found ${described(stray)}`);
  const tasks: Task[] = [];
  for (const [stateName, own] of Map.groupBy(inOrder, (event) => event.stateName ?? '')) {
    const task = taskOf(stateName, own);
    if (task.kind === 'incomplete') return incomplete(`${stateName}: ${task.missing}`);
    tasks.push(task.figures);
  }
  return tasks.length === 0
    ? incomplete('expected at least one task, found none')
    : { kind: 'complete', figures: tasks };
}

/** Each event once: a task that was tried again has no one time at which it started. */
function taskOf(stateName: string, events: readonly TimedEvent[]): Result<Task> {
  const entered = onlyOne(events, 'TaskStateEntered');
  if (entered.kind === 'incomplete') return entered;
  const started = onlyOne(events, 'TaskStarted');
  if (started.kind === 'incomplete') return started;
  const succeeded = onlyOne(events, 'TaskSucceeded');
  if (succeeded.kind === 'incomplete') return succeeded;
  const exited = onlyOne(events, 'TaskStateExited');
  if (exited.kind === 'incomplete') return exited;
  const { probe: handler } = succeeded.figures;
  if (handler === null) return incomplete("expected the probe's answer in its TaskSucceeded, found none");
  return {
    kind: 'complete',
    figures: {
      stateName,
      enteredAtMs: entered.figures.atMs,
      startedAtMs: started.figures.atMs,
      succeededAtMs: succeeded.figures.atMs,
      exitedAtMs: exited.figures.atMs,
      handler,
    },
  };
}

function described({ id, type, stateName }: TimedEvent): string {
  return `${type} (event ${id}${stateName === null ? '' : ` of ${stateName}`})`;
}
