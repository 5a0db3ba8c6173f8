import { fewestForTest } from './confidence.ts';
import { kolmogorovUpperTail } from './kolmogorov-distribution.ts';
import { type TooFewForTest, type TwoSamples, twoSamples } from './two-samples.ts';

export type KolmogorovSmirnovResult =
  | {
      readonly kind: 'test';
      /** The largest distance between the two cumulative distributions, 0 to 1. */
      readonly d: number;
      /**
       * How often two groups of one continuous distribution would be at least so far apart: too large where many values
       * tie. 0 stands for less than 1e-308.
       */
      readonly pValue: number;
      readonly method: 'exact' | 'asymptotic';
      readonly n: readonly [number, number];
    }
  | TooFewForTest;

/** An exact p-value counts paths through so many cells at most: about half a second. */
const mostCells = 1e8;

/** With fewer values on a side the asymptotic distribution is not good enough, however many cells there are. */
const fewestForAsymptotic = 200;

/**
 * Two-sample Kolmogorov-Smirnov test: do the distributions differ anywhere, in position, spread or shape? Two-sided.
 * Exact as long as that takes no more than a moment, which of 100,000 a side leaves out only clear differences.
 */
export function kolmogorovSmirnovTest(a: Iterable<number>, b: Iterable<number>): KolmogorovSmirnovResult {
  const samples = twoSamples(a, b);
  const { n } = samples;
  if (Math.min(...n) < fewestForTest) return { kind: 'too few', needed: fewestForTest, n };
  const pairs = n[0] * n[1];
  const steps = largestDistance(samples);
  const d = steps / pairs;
  if (2 * steps <= mostCells || Math.min(...n) < fewestForAsymptotic) {
    return { kind: 'test', d, pValue: exactPValue(steps, n), method: 'exact', n };
  }
  const effective = Math.round(pairs / (n[0] + n[1]));
  return { kind: 'test', d, pValue: kolmogorovUpperTail(effective, d), method: 'asymptotic', n };
}

/** The largest distance in units of 1 / (n m): a whole number, so that nothing is rounded. Equal values are one step. */
function largestDistance({ a, b, n }: TwoSamples): number {
  let largest = 0;
  let fromA = 0;
  let fromB = 0;
  while (fromA < n[0] && fromB < n[1]) {
    const value = Math.min(a[fromA] ?? 0, b[fromB] ?? 0);
    while (fromA < n[0] && a[fromA] === value) fromA += 1;
    while (fromB < n[1] && b[fromB] === value) fromB += 1;
    largest = Math.max(largest, Math.abs(fromA * n[1] - fromB * n[0]));
  }
  return largest;
}

/**
 * The share of all orders of the two groups' values (paths through a grid) that somewhere reach the distance. Goes along
 * the cells nearer than it, each a weighted mean of its two predecessors; only sums of positive numbers, so that a tiny
 * p-value keeps its digits.
 */
function exactPValue(steps: number, n: readonly [number, number]): number {
  if (steps === 0) return 1;
  const reached = new Float64Array(n[1] + 1).fill(1);
  for (let i = 0; i <= n[0]; i += 1) {
    const first = Math.max(0, Math.floor((i * n[1] - steps) / n[0]) + 1);
    const last = Math.min(n[1], Math.ceil((i * n[1] + steps) / n[0]) - 1);
    let left = 1;
    for (let j = first; j <= last; j += 1) {
      const total = i + j;
      left = total === 0 ? 0 : (i * (reached[j] ?? 1) + j * left) / total;
      reached[j] = left;
    }
  }
  return Math.min(1, reached[n[1]] ?? 1);
}
