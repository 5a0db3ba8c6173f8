import type { Json, JsonObject } from '../json.ts';

/** One attempt of a Task state. */
export interface TaskCall {
  /** The state's Resource, as written: `arn:aws:lambda:...:function:f`, `arn:aws:states:::lambda:invoke`, `arn:aws:states:::states:startExecution.sync:2`. */
  readonly resource: string;
  /** The effective input: after InputPath and Parameters, or Arguments. */
  readonly input: Json;
  readonly stateName: string;
  readonly context: JsonObject;
  /** For the `.sync` pattern: the request was taken, the work goes on. The text becomes the output of TaskSubmitted. */
  onSubmitted(output: Json): void;
}

/**
 * What does the work of Task states: Lambda, an integration, a local function. Rejects with a StatesError for a task that failed;
 * the abort of the signal means that its time is up or the execution stopped: let go of it.
 */
export interface TaskRunner {
  /**
   * What makes the effective input unusable, in AWS's sentences (`The field 'X' is required but was missing`): such a task is
   * never scheduled and its execution fails.
   */
  problems?(resource: string, input: Json): readonly string[] | Promise<readonly string[]>;
  run(call: TaskCall, signal: AbortSignal): Promise<Json>;
}
