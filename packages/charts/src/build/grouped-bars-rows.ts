import type { IntervalResult } from '@skyground/statistics';
import type { ChartHeading, Measure } from './heading.ts';

export interface GroupedBarsRequest extends ChartHeading {
  readonly measure: Measure;
  /** What of the measure a bar shows: `median`. */
  readonly statistic: string;
  /** From top to bottom: `cold` and `warm`, or one a function. */
  readonly groups: readonly {
    readonly label: string;
    /** An arm has one colour in all groups. */
    readonly bars: readonly {
      readonly arm: string;
      /** A number is exact or modelled and has no interval; null was not measured. */
      readonly figure: IntervalResult | number | null;
      /** What the figure was made of: drawn as points, so that the spread is seen. */
      readonly values?: readonly number[];
    }[];
  }[];
}
