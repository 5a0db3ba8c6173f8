import { medianOf } from './spread.ts';
import { type SweepPoint, type SweepValues, valuesAt } from './sweep-summary.ts';

/** From which task duration on the overhead stays below a share. */
export type Crossing =
  /** At every duration that was measured, the shortest among them. */
  | { readonly kind: 'always below'; readonly shortestMs: number }
  /** Between two measured durations. */
  | { readonly kind: 'from'; readonly workMs: number; readonly between: readonly [number, number] }
  /** Not even at the longest. */
  | { readonly kind: 'not reached'; readonly longestMs: number }
  | { readonly kind: 'not measured' };

/**
 * A fixed cost over growing work is a share whose reciprocal grows in a straight line: between two measured medians the crossing
 * lies on that line.
 */
export function crossingOf(
  points: readonly SweepPoint[],
  percent: number,
  name: Extract<keyof SweepValues, 'eventPercent' | 'handlerPercent'>,
): Crossing {
  const medians = points.flatMap((point) => {
    const median = medianOf(valuesAt(point, name));
    return median === null ? [] : [{ workMs: point.x, median }];
  });
  const [first] = medians;
  const last = medians.at(-1);
  if (first === undefined || last === undefined) return { kind: 'not measured' };
  const lastAbove = medians.findLastIndex(({ median }) => median >= percent);
  const above = medians[lastAbove];
  const below = medians[lastAbove + 1];
  if (above === undefined) return { kind: 'always below', shortestMs: first.workMs };
  if (below === undefined) return { kind: 'not reached', longestMs: last.workMs };
  const reciprocal = (share: number) => 1 / Math.max(share, Number.EPSILON);
  const [low, high] = [reciprocal(above.median), reciprocal(below.median)];
  const share = (reciprocal(percent) - low) / (high - low);
  return {
    kind: 'from',
    workMs: above.workMs + share * (below.workMs - above.workMs),
    between: [above.workMs, below.workMs],
  };
}
