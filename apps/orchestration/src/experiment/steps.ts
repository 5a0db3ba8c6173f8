import { fitLine, type LineResult } from '@skyground/statistics';
import { medianInterval } from './spread.ts';
import { type SweepPoint, type SweepValues, valuesAt } from './sweep-summary.ts';

/** A jump between two neighbouring widths. */
export interface Step {
  readonly from: number;
  readonly to: number;
  /** Least ratio that both intervals allow. */
  readonly timesAtLeast: number;
}

/** On AWS 18 to 20 branches were twelve times as slow: a delay that doubles where the width grows by less than a quarter is a step. */
const leastTimes = 2;
const mostWidthRatio = 1.25;

/** Neighbouring widths between which the delay jumps although the width hardly grows; whole intervals apart, not by luck. */
export function stepsOf(points: readonly SweepPoint[], name: keyof SweepValues): readonly Step[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (before === undefined || point.x / before.x > mostWidthRatio) return [];
    const [narrow, wide] = [before, point].map((one) => medianInterval(valuesAt(one, name)));
    if (narrow?.kind !== 'interval' || wide?.kind !== 'interval' || narrow.high <= 0) return [];
    const timesAtLeast = wide.low / narrow.high;
    return timesAtLeast >= leastTimes ? [{ from: before.x, to: point.x, timesAtLeast }] : [];
  });
}

/** Pairs of neighbouring widths that are near enough for a step to be seen between them. */
export function steppable(points: readonly SweepPoint[]): readonly (readonly [number, number])[] {
  return points.flatMap(({ x }, index) => {
    const before = points[index - 1]?.x;
    return before === undefined || x / before > mostWidthRatio ? [] : [[before, x] as const];
  });
}

/** What one more of what was varied adds, through every execution. */
export function growthOf(points: readonly SweepPoint[], name: keyof SweepValues, per = 1): LineResult {
  return fitLine(points.flatMap((point) => valuesAt(point, name).map((y) => ({ x: point.x / per, y }))));
}
