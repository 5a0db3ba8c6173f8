export type IntervalResult =
  | {
      readonly kind: 'interval';
      /** How low and high were found: a report names it. */
      readonly method: 'percentile bootstrap' | 'BCa bootstrap' | 'order statistics' | 'normal approximation';
      /** The statistic of the values themselves; it, low and high are in their unit. */
      readonly estimate: number;
      readonly low: number;
      readonly high: number;
      readonly n: number;
      readonly confidence: number;
    }
  /** The estimate stands, an interval would be made up; null where there are no values at all. */
  | {
      readonly kind: 'too few';
      readonly needed: number;
      readonly n: number;
      readonly estimate: number | null;
    };
