import { type ConfidenceOptions, checkConfidence, fewestForInterval } from './confidence.ts';
import { mostForExact } from './mann-whitney.ts';
import { normalQuantile } from './normal.ts';
import { doubledRanks, rankSumCounts, sumOf } from './rank-sum.ts';
import { type TwoSamples, twoSamples } from './two-samples.ts';

export type ShiftResult =
  | {
      readonly kind: 'shift';
      /** By how much a is greater, in the unit of the values: the median of all differences a - b. */
      readonly shift: number;
      readonly low: number;
      readonly high: number;
      readonly n: readonly [number, number];
      readonly confidence: number;
    }
  /** The shift stands, an interval would be made up; null where a side has no values. */
  | {
      readonly kind: 'too few';
      readonly needed: number;
      readonly n: readonly [number, number];
      readonly shift: number | null;
    };

/**
 * Hodges-Lehmann shift, with the interval that belongs to the Mann-Whitney test: it leaves out 0 where the test finds a
 * difference. The differences are never written down: O((n + m) log(range)) time and O(n + m) memory.
 */
export function hodgesLehmannShift(
  a: Iterable<number>,
  b: Iterable<number>,
  options: ConfidenceOptions = {},
): ShiftResult {
  const confidence = checkConfidence(options);
  const samples = twoSamples(a, b);
  const { n } = samples;
  if (Math.min(...n) === 0) return { kind: 'too few', needed: fewestForInterval, n, shift: null };
  const pairs = n[0] * n[1];
  const at = (rank: number) => differenceOfRank(samples, rank);
  const shift = (at(Math.floor((pairs + 1) / 2)) + at(Math.floor(pairs / 2) + 1)) / 2;
  const rank = Math.min(...n) < fewestForInterval ? 0 : lowerRank(n, confidence);
  if (rank < 1) return { kind: 'too few', needed: fewestForShift(confidence), n, shift };
  return { kind: 'shift', shift, low: at(rank), high: at(pairs + 1 - rank), n, confidence };
}

/**
 * Which of the ordered differences is the interval's lower end: the largest c with P(U < c) at most half of what the
 * confidence leaves. By the distribution without ties, which is the wider one. 0: not even the first is low enough.
 */
function lowerRank(n: readonly [number, number], confidence: number): number {
  const tail = (1 - confidence) / 2;
  const total = n[0] + n[1];
  if (total > mostForExact) {
    const deviation = Math.sqrt((n[0] * n[1] * (total + 1)) / 12);
    return Math.floor((n[0] * n[1] + 1) / 2 - normalQuantile(1 - tail) * deviation);
  }
  const counts = rankSumCounts(doubledRanks(new Array<number>(total).fill(1)), n[0]);
  const limit = tail * sumOf(counts);
  let rank = 0;
  // Doubled ranks: the sums go in steps of two from the least one, n(n + 1).
  for (let sum = 0, index = n[0] * (n[0] + 1); index < counts.length; index += 2) {
    sum += counts[index] ?? 0;
    if (sum > limit) break;
    rank += 1;
  }
  return rank;
}

function fewestForShift(confidence: number): number {
  let needed = fewestForInterval;
  while (lowerRank([needed, needed], confidence) < 1) needed += 1;
  return needed;
}

/** The difference a - b of this rank (from 1): halves the range of values, and snaps both ends to real differences. */
function differenceOfRank({ a, b, n }: TwoSamples, rank: number): number {
  let low = (a[0] ?? 0) - (b[n[1] - 1] ?? 0);
  let high = (a[n[0] - 1] ?? 0) - (b[0] ?? 0);
  while (low < high) {
    const middle = low + (high - low) / 2;
    // Between neighbouring doubles the middle rounds to one of them.
    const { count, largestWithin, smallestBeyond } = splitDifferences(a, b, middle < high ? middle : low);
    if (count >= rank) high = largestWithin;
    else low = smallestBeyond;
  }
  return low;
}

/** How many differences are at most the limit, and the differences next to it on both sides: O(n + m). */
function splitDifferences(a: Float64Array, b: Float64Array, limit: number) {
  let count = 0;
  let largestWithin = Number.NEGATIVE_INFINITY;
  let smallestBeyond = Number.POSITIVE_INFINITY;
  let first = 0;
  for (const value of a) {
    while (first < b.length && value - (b[first] ?? 0) > limit) first += 1;
    count += b.length - first;
    if (first < b.length) largestWithin = Math.max(largestWithin, value - (b[first] ?? 0));
    if (first > 0) smallestBeyond = Math.min(smallestBeyond, value - (b[first - 1] ?? 0));
  }
  return { count, largestWithin, smallestBeyond };
}
