import { normalQuantile } from './normal.ts';
import { doubledRanks, tieSizes } from './rank-sum.ts';

/**
 * Where the level of a series changes: the first index of each stretch of one level, beginning with 0. The best of all
 * divisions (optimal partitioning: Jackson and others, 2005; what PELT prunes), which may split once more only where
 * that lowers the squared error by `penaltyPerLog` times the logarithm of the length.
 *
 * The values are replaced by normal scores of their ranks: so outliers weigh little, the noise is 1 whatever its
 * distribution and unit, and how often pure noise is split does not depend on either. O(n^2).
 */
export function levelChanges(values: ArrayLike<number>, penaltyPerLog: number): readonly number[] {
  const scores = normalScores(values);
  const n = scores.length;
  const penalty = penaltyPerLog * Math.log(n);
  const sums = new Float64Array(n + 1);
  for (let index = 0; index < n; index += 1) sums[index + 1] = (sums[index] ?? 0) + (scores[index] ?? 0);
  // The squares are the same however the series is divided: only what the stretches' means explain differs.
  const cost = new Float64Array(n + 1);
  const lastStart = new Uint32Array(n + 1);
  cost[0] = -penalty;
  for (let end = 1; end <= n; end += 1) {
    const sumToEnd = sums[end] ?? 0;
    let best = Number.POSITIVE_INFINITY;
    for (let start = 0; start < end; start += 1) {
      const sum = sumToEnd - (sums[start] ?? 0);
      const total = (cost[start] ?? 0) + penalty - (sum * sum) / (end - start);
      if (total < best) {
        best = total;
        lastStart[end] = start;
      }
    }
    cost[end] = best;
  }
  const starts: number[] = [];
  for (let end = n; end > 0; end = lastStart[end] ?? 0) starts.push(lastStart[end] ?? 0);
  return starts.toReversed();
}

/** For each value, in the order of the series, the normal quantile of its mid-rank's share. */
function normalScores(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const order = Array.from({ length: n }, (_, index) => index).sort(
    (x, y) => (values[x] ?? 0) - (values[y] ?? 0),
  );
  const ranks = doubledRanks(tieSizes(order.map((index) => values[index] ?? 0)));
  const scores = new Float64Array(n);
  for (const [place, index] of order.entries()) {
    scores[index] = normalQuantile(((ranks[place] ?? 1) - 1) / (2 * n));
  }
  return scores;
}
