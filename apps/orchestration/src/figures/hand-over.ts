import type { Task } from './tasks.ts';

/** What lies between the end of a handler and the begin of the next, in its parts. Together they are the gap between the handlers. */
export interface HandOver {
  /** End of the handler to TaskSucceeded: the answer's way back. By two clocks, as the dispatch. */
  readonly answerMs: number;
  /** TaskSucceeded to the next TaskStateEntered: the event gap. */
  readonly gapMs: number;
  /** TaskStateEntered to TaskStarted. */
  readonly schedulingMs: number;
  /** TaskStarted to the begin of the handler. */
  readonly dispatchMs: number;
}

/** One less than there are tasks, which ran one after the other. */
export function handOvers(tasks: readonly Task[]): readonly HandOver[] {
  return tasks.flatMap((task, index) => {
    const next = tasks[index + 1];
    if (next === undefined) return [];
    return [
      {
        answerMs: task.succeededAtMs - task.handler.finishedAtMs,
        gapMs: next.enteredAtMs - task.succeededAtMs,
        schedulingMs: next.startedAtMs - next.enteredAtMs,
        dispatchMs: next.handler.invokedAtMs - next.startedAtMs,
      },
    ];
  });
}
