import type { Json, TaskCall } from '@skyground/asl';
import type { ParameterNames } from './parameters.ts';

/** What one Resource of Task states does. */
export interface Integration {
  /** What Parameters or Arguments may say and must say; undefined where anything goes, as with a function's own ARN. */
  readonly parameters: ParameterNames | undefined;
  /** What makes the input of a state that runs unusable, in AWS's sentences; with none `run` can read it. */
  problems(input: Json): readonly string[];
  /** Rejects with a StatesError for a task that failed. */
  run(call: TaskCall, signal: AbortSignal): Promise<Json>;
}
