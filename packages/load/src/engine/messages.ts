import type { LoadPlan } from '../model/plan.ts';
import type { LoadSample } from '../sample.ts';

/** What the sending thread is started with. */
export interface SendingJob {
  readonly plan: LoadPlan;
  /** In an open model, when each request is due after the start. */
  readonly schedule: Float64Array | null;
  readonly offsetMs: number;
}

/** From the sending thread. */
export type FromThread =
  | { readonly kind: 'started'; readonly startAtMs: number }
  | { readonly kind: 'samples'; readonly samples: readonly LoadSample[] }
  | { readonly kind: 'warning'; readonly message: string }
  | { readonly kind: 'finished' }
  | { readonly kind: 'failed'; readonly error: unknown };

/** To the sending thread: give up. */
export type ToThread = 'stop';
