import type { ChartHeading } from './heading.ts';

export interface ShareBarsRequest extends ChartHeading {
  /** One of what was counted: `run`. */
  readonly thing: string;
  /** From left to right in every bar: `Thumbnail`, `Contour`, `unknown`. */
  readonly parts: readonly string[];
  /** `counts` in the order of `parts`. */
  readonly bars: readonly { readonly label: string; readonly counts: readonly number[] }[];
}
