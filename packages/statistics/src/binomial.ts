/**
 * The ranks (from 1) between which a quantile lies with at least the given confidence, an equal part of the rest on each
 * side: how many of n values lie below the true quantile is binomial, whatever their distribution. undefined where even
 * the smallest or the largest value may lie on the wrong side too often.
 */
export function quantileRanks(
  n: number,
  p: number,
  confidence: number,
): { readonly low: number; readonly high: number } | undefined {
  const { first, weights } = binomialWeights(n, p);
  const tail = ((1 - confidence) / 2) * weights.reduce((sum, weight) => sum + weight, 0);
  const low = first + countWithin(weights, tail);
  const high = first + weights.length - countWithin(weights.toReversed(), tail);
  return low >= 1 && high <= n ? { low, high } : undefined;
}

function countWithin(weights: readonly number[], limit: number): number {
  let sum = 0;
  let count = 0;
  for (const weight of weights) {
    sum += weight;
    if (sum > limit) break;
    count += 1;
  }
  return count;
}

/** Binomial probabilities up to a common factor, from the mode outwards as far as they matter: no factorial, O(sqrt n). */
function binomialWeights(
  n: number,
  p: number,
): { readonly first: number; readonly weights: readonly number[] } {
  const negligible = 1e-30;
  const odds = p / (1 - p);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const below: number[] = [];
  for (let k = mode, weight = 1; k >= 1; k -= 1) {
    weight *= k / (n - k + 1) / odds;
    if (weight < negligible) break;
    below.push(weight);
  }
  const above: number[] = [];
  for (let k = mode, weight = 1; k < n; k += 1) {
    weight *= ((n - k) / (k + 1)) * odds;
    if (weight < negligible) break;
    above.push(weight);
  }
  return { first: mode - below.length, weights: [...below.toReversed(), 1, ...above] };
}
