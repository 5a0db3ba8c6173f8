import type { ProbeTimes } from '../history/probe-times.ts';
import type { TimedEvent } from '../history/timed-event.ts';
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

/** What each task must have, once. */
const TASK_EVENTS = ['TaskStateEntered', 'TaskStarted', 'TaskSucceeded', 'TaskStateExited'] as const;

/** The tasks of an execution that succeeded, in the order in which they were entered. */
export function collectTasks(events: readonly TimedEvent[]): Result<readonly Task[]> {
  const fault = events.find(({ type }) => /(Failed|TimedOut|Aborted)$/.test(type));
  if (fault !== undefined) return incomplete(`expected no failure, found ${described(fault)}`);
  if (!events.some(({ type }) => type === 'ExecutionSucceeded'))
    return incomplete('expected ExecutionSucceeded, but the execution has not ended');

  const inOrder = events.toSorted((a, b) => a.id - b.id).filter(({ type }) => type.startsWith('Task'));
  const tasks: Task[] = [];
  for (const [stateName, own] of Map.groupBy(inOrder, (event) => event.stateName)) {
    const task = taskOf(stateName, own);
    if (task.kind === 'incomplete') return task;
    tasks.push(task.figures);
  }
  return tasks.length === 0
    ? incomplete('expected at least one task, found none')
    : { kind: 'complete', figures: tasks };
}

function taskOf(stateName: string | null, events: readonly TimedEvent[]): Result<Task> {
  if (stateName === null)
    return incomplete(
      `expected every task's event to belong to a state, found ${events.map(described).join(', ')}`,
    );
  const once = new Map<string, TimedEvent>();
  for (const type of TASK_EVENTS) {
    const [event, ...more] = events.filter((candidate) => candidate.type === type);
    if (event === undefined || more.length > 0)
      return incomplete(
        `${stateName}: expected one ${type}, found ${event === undefined ? 0 : more.length + 1}`,
      );
    once.set(type, event);
  }
  const [entered, started, succeeded, exited] = TASK_EVENTS.map((type) => once.get(type));
  if (!entered || !started || !succeeded || !exited) throw new Error('Each was found above.');
  if (succeeded.probe === null)
    return incomplete(`${stateName}: expected the probe's answer in its TaskSucceeded, found none`);
  return {
    kind: 'complete',
    figures: {
      stateName,
      enteredAtMs: entered.atMs,
      startedAtMs: started.atMs,
      succeededAtMs: succeeded.atMs,
      exitedAtMs: exited.atMs,
      handler: succeeded.probe,
    },
  };
}

function described({ id, type, stateName }: TimedEvent): string {
  return `${type} (event ${id}${stateName === null ? '' : ` of ${stateName}`})`;
}
