import type { ChartHeading } from './heading.ts';

/** Runs below each other on one time axis. */
export interface GanttRequest extends ChartHeading {
  readonly runs: readonly GanttRun[];
}

/** All times are milliseconds since the run began. */
export interface GanttRun {
  /** `CLASSIC, cold`. */
  readonly label: string;
  /** From top to bottom: one a function. */
  readonly lanes: readonly { readonly label: string; readonly spans: readonly GanttSpan[] }[];
  /** Moments across all lanes: `fan-in starts`, `complete`. */
  readonly marks?: readonly { readonly label: string; readonly atMs: number }[];
}

export interface GanttSpan {
  /** Initialising (a cold start), working, waiting while it is billed, publishing. Later ones lie on earlier ones. */
  readonly kind: SpanKind;
  readonly fromMs: number;
  readonly toMs: number;
}

export type SpanKind = 'init' | 'work' | 'wait' | 'publish';
