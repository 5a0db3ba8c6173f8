import type { ChartHeading, Measure } from './heading.ts';

export interface ScatterRequest extends ChartHeading {
  readonly x: Measure;
  readonly y: Measure;
  /** One of what was measured: `run`, `pair`. */
  readonly thing: string;
  readonly series: readonly {
    readonly arm: string;
    readonly points: readonly { readonly x: number; readonly y: number }[];
  }[];
  /** Draws the line on which both are equal, under this name: `gain = bound`. Both need one unit then. */
  readonly equality?: string;
}
