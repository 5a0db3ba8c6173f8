import type { Json } from '../json.ts';
import type { PendingPlace, Standing } from './standing.ts';

/** A failure as Retry and Catch see it; either may be missing. */
export interface Failure {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/**
 * Where a line cannot go on by data flow alone. All of it is JSON: kept and used again, it is the same whatever time and chance would
 * have said the second time.
 */
export type Stop =
  /** A function has to work: give it the event, then leaveTask with its answer, or fail. */
  | {
      readonly kind: 'task';
      readonly standing: Standing;
      /** The name or ARN, as the state has it. */
      readonly functionName: string;
      readonly event: Json;
      /** Where in the event outputs of lines are still to come. */
      readonly pending: readonly PendingPlace[];
      /** How long the function may take before the task fails by States.Timeout. */
      readonly timeoutSeconds?: number;
    }
  /** Lines have to run, at least one: advance each; leaveFanOut with the outputs of all in this order, or fail with the first failure. */
  | { readonly kind: 'fan-out'; readonly standing: Standing; readonly lines: readonly Standing[] }
  /** Retry asks for another attempt: wait so long, then advance. */
  | { readonly kind: 'retry'; readonly standing: Standing; readonly afterMs: number }
  /** The end of a branch, of an iteration, or of the whole workflow. */
  | { readonly kind: 'line-end'; readonly output: Json }
  /** The line failed, and with it the fan-out around it, or the whole workflow. */
  | ({ readonly kind: 'failed' } & Failure)
  /** Only where outputs were still to come: something reads inside them. Nothing was done; come again with all of them. */
  | { readonly kind: 'needs-outputs'; readonly reason: string };
