import type { Frame } from './envelope.ts';
import type { FanInReference } from './progress.ts';

/** Where a line is in the whole. */
export interface Line {
  /** The fan-outs around it, from the outermost. */
  readonly frames: readonly Frame[];
  /** Where outputs that it takes along are pending. */
  readonly fanIn?: FanInReference | undefined;
  /** The item that holds the end of the line as its progress, if one does. */
  readonly keptIn?: string;
}
