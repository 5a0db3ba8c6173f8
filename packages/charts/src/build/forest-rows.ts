import type { IntervalResult } from '@skyground/statistics';
import { isDrawable } from '../drawable.ts';
import { uniqueLabels } from './arms.ts';
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

export interface ForestRow {
  readonly label: string;
  readonly result: IntervalResult | undefined;
  readonly estimate: number | null;
  /** Undefined without an interval. */
  readonly interval: { readonly low: number; readonly high: number } | undefined;
  readonly bound: number | null;
  /** Whether the whole interval lies on one side of zero. */
  readonly isDecided: boolean;
  /** Whether even the lower limit is above the bound: one of both is wrong then. */
  readonly isAboveBound: boolean;
}

export function forestRowsOf({ rows }: ForestRequest): readonly ForestRow[] {
  const labels = uniqueLabels(
    rows.map(({ label }) => label),
    [],
  );
  return rows.map(({ figure, bound = null }, index) => {
    const estimate = drawableOrNull(figure?.estimate ?? null);
    const interval =
      figure?.kind === 'interval' && estimate !== null && isDrawable(figure.low) && isDrawable(figure.high)
        ? { low: figure.low, high: figure.high }
        : undefined;
    const drawnBound = drawableOrNull(bound);
    return {
      label: labels[index] ?? '',
      result: figure ?? undefined,
      estimate,
      interval,
      bound: drawnBound,
      isDecided: interval !== undefined && (interval.low > 0 || interval.high < 0),
      isAboveBound: interval !== undefined && drawnBound !== null && interval.low > drawnBound,
    };
  });
}

const drawableOrNull = (value: number | null): number | null =>
  value !== null && isDrawable(value) ? value : null;
