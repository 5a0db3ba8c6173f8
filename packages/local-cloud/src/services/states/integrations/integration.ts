import type { Json, TaskCall } from '@skyground/asl';

/** What one Resource of Task states does. */
export interface Integration {
  /** What Parameters or Arguments may say and must say; undefined where anything goes, as with a function's own ARN. */
  readonly parameters:
    | { readonly known: ReadonlySet<string>; readonly required: readonly string[] }
    | undefined;
  /** Rejects with a StatesError for a task that failed. */
  run(call: TaskCall, signal: AbortSignal): Promise<Json>;
}
