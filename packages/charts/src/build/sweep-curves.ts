import type { IntervalResult } from '@skyground/statistics';
import { isDrawable } from '../drawable.ts';
import { confidenceText } from './arm-values.ts';
import { type ArmLook, looksOf } from './arms.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface SweepRequest extends ChartHeading {
  /** What was varied; `log2` for steps that double, all above zero; `symlog` for steps by powers of ten, with zero. */
  readonly x: Measure & { readonly scale: SweepScale };
  readonly y: Measure;
  /** `mean`, `median`, `p99`: what of y the line shows; empty where one value a step is all there is. */
  readonly statistic: string;
  readonly series: readonly SweepSeries[];
  /** Vertical lines that mean something, such as the knees of fits. */
  readonly markers?: readonly { readonly x: number; readonly label: string }[];
}

export type SweepScale = 'linear' | 'log2' | 'symlog';

/** Whether the axis has a place for the step. */
export const canStand = (at: number, scale: SweepScale): boolean =>
  isDrawable(at) && (scale === 'linear' || at > 0 || (scale === 'symlog' && at === 0));

export interface SweepSeries {
  readonly arm: string;
  readonly steps: readonly SweepStep[];
  /** A fitted curve through the steps, drawn thin and dashed; its points close enough to look smooth. */
  readonly fitted?: readonly { readonly x: number; readonly y: number }[];
}

export interface SweepStep {
  readonly x: number;
  /** The statistic at this step, with its interval or too few values for one; a number is known without either, as others publish it. */
  readonly figure: IntervalResult | number;
  /** What was measured at this step, drawn as points. */
  readonly values: readonly number[];
}

export interface CurveStep extends Pick<SweepStep, 'x' | 'values'> {
  readonly estimate: number;
  /** undefined of a figure that is known without its values. */
  readonly interval: IntervalResult | undefined;
}

export interface Curve {
  readonly look: ArmLook;
  readonly steps: readonly CurveStep[];
  readonly fitted: readonly { readonly x: number; readonly y: number }[];
}

export function curvesOf({ x, series }: SweepRequest): readonly Curve[] {
  const looks = looksOf(series.map(({ arm }) => arm));
  return series.flatMap(({ steps, fitted = [] }, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    return [
      {
        look,
        steps: steps
          .flatMap(({ x: at, figure, values }): readonly CurveStep[] => {
            const interval = typeof figure === 'number' ? undefined : figure;
            const estimate = typeof figure === 'number' ? figure : figure.estimate;
            return canStand(at, x.scale) && estimate !== null && isDrawable(estimate)
              ? [{ x: at, values, estimate, interval }]
              : [];
          })
          .toSorted((a, b) => a.x - b.x),
        fitted: fitted.filter((point) => canStand(point.x, x.scale) && isDrawable(point.y)),
      },
    ];
  });
}

export const confidenceOf = (curves: readonly Curve[]): string =>
  confidenceText(
    curves.flatMap(({ steps }) => steps).find(({ interval }) => interval?.kind === 'interval')?.interval,
  );
