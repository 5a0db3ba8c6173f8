import type { Clock } from '../clock.ts';
import type { Definition } from '../definition/parse-definition.ts';
import type { Randomness } from '../expressions/scope.ts';
import type { Json, JsonObject } from '../json.ts';
import type { HistoryRecorder } from './history.ts';
import type { TaskRunner } from './task-runner.ts';

export interface RunOptions {
  readonly definition: Definition;
  readonly input: Json;
  /** The context object's `Execution` and `StateMachine`; `State`, `Map` and `Task` are the interpreter's. */
  readonly context: JsonObject;
  readonly tasks: TaskRunner;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly history: HistoryRecorder;
  /** In history's ExecutionStarted. */
  readonly roleArn: string;
  /** In history's TaskScheduled. */
  readonly region: string;
  /** An abort stops everything; the reason decides the outcome: an ExecutionStopped is ABORTED with its error and cause. */
  readonly signal: AbortSignal;
}

/** How an execution ended, as DescribeExecution says it. */
export type ExecutionResult =
  | { readonly status: 'SUCCEEDED'; readonly output: Json }
  | {
      readonly status: 'FAILED' | 'TIMED_OUT' | 'ABORTED';
      readonly error: string | undefined;
      readonly cause: string | undefined;
    };

/** Runs a workflow to its end. Rejects only for a fault of ours; a workflow that fails is a result. */
export async function runMachine(_options: RunOptions): Promise<ExecutionResult> {
  throw new Error('in the making');
}
