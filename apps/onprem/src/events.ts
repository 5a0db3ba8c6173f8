import type { ImageRecord } from '@skyground/metrics';

export interface WorkerDied {
  readonly type: 'workerDied';
  readonly environmentId: string;
  readonly pid: number | null;
  /** `was killed by SIGKILL`, `exited with code 134`, with the last lines of its stderr. */
  readonly reason: string;
  /** What it was processing, if anything. */
  readonly image: string | null;
  readonly repetition: number | null;
  /** The image is tried once more; otherwise it becomes an error row. */
  readonly willRetry: boolean;
}

/** What the worker pool reports while it works. */
export type PoolEvent =
  | { readonly type: 'warm'; readonly workers: number; readonly durationMs: number }
  | {
      readonly type: 'imageStarted';
      readonly image: string;
      readonly repetition: number;
      readonly attempt: number;
      readonly environmentId: string;
      readonly pid: number;
    }
  | WorkerDied;

export interface OnPremSummary {
  /** `stopped`: the signal was aborted; the rows that are missing can be made up by passing `done`. */
  readonly status: 'finished' | 'stopped';
  readonly runId: string;
  readonly okRows: number;
  readonly errorRows: number;
  /** Rows that `done` already held. */
  readonly skippedRows: number;
  /** Rows that a stop left undone. */
  readonly remainingRows: number;
  /** From the first image handed to the pool to the last row written; warm-up is not in it. */
  readonly durationMs: number;
  /** Rows (ok and error) per second of durationMs; null when there were none. */
  readonly imagesPerSecond: number | null;
}

export type OnPremEvent =
  | {
      readonly type: 'started';
      readonly runId: string;
      readonly images: number;
      readonly repetitions: number;
      readonly workers: number;
      /** Rows to be written, and rows that are there already. */
      readonly rows: number;
      readonly skippedRows: number;
    }
  | PoolEvent
  | { readonly type: 'imageFinished'; readonly record: ImageRecord }
  | { readonly type: 'finished'; readonly summary: OnPremSummary };

export interface WatchSummary {
  readonly status: 'stopped';
  readonly runId: string;
  readonly okRows: number;
  readonly errorRows: number;
  readonly durationMs: number;
}

export type WatchEvent =
  | PoolEvent
  | { readonly type: 'imageFinished'; readonly record: ImageRecord }
  /** Everything that was there at the start has been seen; `knownVersions` were in the metrics file already. */
  | { readonly type: 'watching'; readonly imagesDir: string; readonly knownVersions: number }
  /** Handed to the pool, where it waits for a worker. */
  | { readonly type: 'imageQueued'; readonly image: string }
  /** This content was done before, under this name or another. */
  | { readonly type: 'imageKnown'; readonly image: string }
  /** Deleted or renamed before it was processed: no row. */
  | { readonly type: 'imageVanished'; readonly image: string }
  /** Written to while it was processed: no row; it is done when it is whole. */
  | { readonly type: 'imageChanged'; readonly image: string }
  | { readonly type: 'watchStopped'; readonly summary: WatchSummary };
