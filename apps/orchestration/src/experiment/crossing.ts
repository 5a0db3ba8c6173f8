import { meanOf, medianOf } from './spread.ts';
import { type SweepPoint, type SweepValues, statisticOf, valuesAt } from './sweep-summary.ts';

/** From which task duration on the overhead stays below a share. */
export type Crossing =
  /** At every duration that was measured, the shortest among them. */
  | { readonly kind: 'always below'; readonly shortestMs: number }
  /** Between two measured durations; where among them is not known (null) if the share is 0 at the longer one. */
  | { readonly kind: 'from'; readonly workMs: number | null; readonly between: readonly [number, number] }
  /** Not even at the longest. */
  | { readonly kind: 'not reached'; readonly longestMs: number }
  | { readonly kind: 'not measured' };

/**
 * A fixed cost over growing work is a share whose reciprocal grows in a straight line: between two measured figures the crossing
 * lies on that line.
 */
export function crossingOf(
  points: readonly SweepPoint[],
  percent: number,
  name: Extract<keyof SweepValues, 'eventPercent' | 'handlerPercent'>,
): Crossing {
  const shares = points.flatMap((point) => {
    const values = valuesAt(point, name);
    const share = statisticOf(name) === 'mean' ? meanOf(values) : medianOf(values);
    return share === null ? [] : [{ workMs: point.x, share }];
  });
  const [first] = shares;
  const last = shares.at(-1);
  if (first === undefined || last === undefined) return { kind: 'not measured' };
  const lastAbove = shares.findLastIndex(({ share }) => share >= percent);
  const above = shares[lastAbove];
  const below = shares[lastAbove + 1];
  if (above === undefined) return { kind: 'always below', shortestMs: first.workMs };
  if (below === undefined) return { kind: 'not reached', longestMs: last.workMs };
  const between = [above.workMs, below.workMs] as const;
  if (below.share <= 0) return { kind: 'from', workMs: null, between };
  const way = (1 / percent - 1 / above.share) / (1 / below.share - 1 / above.share);
  return { kind: 'from', workMs: above.workMs + way * (below.workMs - above.workMs), between };
}
