import type { IntervalResult } from '@skyground/statistics';
import type { ChartHeading, Measure } from './heading.ts';

export interface ForestRequest extends ChartHeading {
  /** What was gained: `gain`, %. */
  readonly measure: Measure;
  /** What of the measure a point shows: `median`. */
  readonly statistic: string;
  /** What a result left and right of zero means: `CLASSIC is faster`. */
  readonly sides: { readonly below: string; readonly above: string };
  /** From top to bottom. */
  readonly rows: readonly {
    readonly label: string;
    /** null was not measured. */
    readonly figure: IntervalResult | null;
    /** What the figure cannot exceed, in the unit of the measure. */
    readonly bound?: number | null;
  }[];
}
