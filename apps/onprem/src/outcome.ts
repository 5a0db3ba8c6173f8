import type { FileResult } from './messages.ts';

/** One image to be processed once. */
export interface Task {
  readonly image: string;
  readonly path: string;
  readonly repetition: number;
  readonly outputPath: string;
}

/** What became of a task in the pool, and how long each part of its way took. */
export interface Outcome {
  readonly task: Task;
  readonly attempt: number;
  readonly environmentId: string;
  readonly cold: boolean;
  /** Start of the worker process to its readiness, of cold outcomes only. */
  readonly initMs: number | null;
  /** Handed to the pool to its turn in a worker, the reading of its file not counted. */
  readonly queueDelayMs: number;
  readonly endToEndMs: number;
  readonly result: FileResult;
}
