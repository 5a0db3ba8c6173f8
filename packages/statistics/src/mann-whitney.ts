import { fewestForTest } from './confidence.ts';
import { dominance } from './dominance.ts';
import { normalUpperTail } from './normal.ts';
import { doubledRanks, rankSumCounts, sumOf, tieSizes } from './rank-sum.ts';
import { type TooFewForTest, type TwoSamples, twoSamples } from './two-samples.ts';

export type MannWhitneyResult =
  | {
      readonly kind: 'test';
      /** Pairs in which a is greater, ties counting a half; b's is n[0] n[1] - u. */
      readonly u: number;
      /** Two-sided: how often groups drawn by lot would differ at least so much. 0 stands for less than 1e-308. */
      readonly pValue: number;
      readonly method: 'exact' | 'normal approximation';
      readonly n: readonly [number, number];
    }
  | TooFewForTest;

/** Up to so many values together every way to draw the groups is counted: some milliseconds. */
export const mostForExact = 60;

/**
 * Mann-Whitney U (Wilcoxon rank sum): do the values of one group tend to be greater? Exact up to 60 values together,
 * with ties too (the permutation distribution of mid-ranks; the smaller tail doubled); above that the normal
 * approximation with tie and continuity correction, as scipy's and R's.
 */
export function mannWhitneyTest(a: Iterable<number>, b: Iterable<number>): MannWhitneyResult {
  const samples = twoSamples(a, b);
  const { n } = samples;
  if (Math.min(...n) < fewestForTest) return { kind: 'too few', needed: fewestForTest, n };
  const u = (n[0] * n[1] + dominance(samples.a, samples.b).excess) / 2;
  const pooled = new Float64Array(n[0] + n[1]);
  pooled.set(samples.a);
  pooled.set(samples.b, n[0]);
  const ties = tieSizes(pooled.sort());
  const exact = pooled.length <= mostForExact;
  const pValue = exact ? exactPValue(u, ties, samples) : approximatePValue(u, ties, n);
  return { kind: 'test', u, pValue, method: exact ? 'exact' : 'normal approximation', n };
}

function exactPValue(u: number, ties: readonly number[], { n }: TwoSamples): number {
  const counts = rankSumCounts(doubledRanks(ties), n[0]);
  // U is the rank sum less the least it can be without ties, and the sums are of doubled ranks.
  const observed = 2 * u + n[0] * (n[0] + 1);
  const lower = sumOf(counts, 0, observed + 1);
  const upper = sumOf(counts, observed);
  return Math.min(1, (2 * Math.min(lower, upper)) / sumOf(counts));
}

function approximatePValue(u: number, ties: readonly number[], n: readonly [number, number]): number {
  const pairs = n[0] * n[1];
  const total = n[0] + n[1];
  const tieTerm = ties.reduce((sum, size) => sum + (size ** 3 - size), 0) / (total * (total - 1));
  const variance = (pairs / 12) * (total + 1 - tieTerm);
  const distance = Math.abs(u - pairs / 2) - 0.5;
  // All values equal: no spread, and no difference.
  if (distance <= 0 || variance <= 0) return 1;
  return Math.min(1, 2 * normalUpperTail(distance / Math.sqrt(variance)));
}
