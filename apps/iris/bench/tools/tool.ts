import type { LoadPlan } from '@skyground/load';

/** What each tool is asked for: the same requests by the same number of users. */
export interface Job {
  /** Closed model, HTTP target. */
  readonly plan: LoadPlan;
  /** Empty, for the tool's own files. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** What a tool measured, from the sending of each request to the end of its answer. */
export interface Measured {
  readonly durationsMs: readonly number[];
  readonly failed: number;
  /** The median as the tool itself reports it; null where it reports none. */
  readonly ownMedianMs: number | null;
}

export type Tool = (job: Job) => Promise<Measured>;
