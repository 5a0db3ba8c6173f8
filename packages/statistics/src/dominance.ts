export interface Dominance {
  /** For each value of a: how many of b it exceeds less how many exceed it. */
  readonly rows: Float64Array;
  /** The rows' sum: pairs in which a is greater less pairs in which b is. */
  readonly excess: number;
  /** Pairs of equal values. */
  readonly ties: number;
}

/** Compares each value of a with each of b, both in ascending order, in O(n + m): no table of pairs. */
export function dominance(a: ArrayLike<number>, b: ArrayLike<number>): Dominance {
  const rows = new Float64Array(a.length);
  let excess = 0;
  let ties = 0;
  let below = 0;
  let upTo = 0;
  for (let index = 0; index < a.length; index += 1) {
    const value = a[index] ?? 0;
    while (below < b.length && (b[below] ?? 0) < value) below += 1;
    while (upTo < b.length && (b[upTo] ?? 0) <= value) upTo += 1;
    const row = below - (b.length - upTo);
    rows[index] = row;
    excess += row;
    ties += upTo - below;
  }
  return { rows, excess, ties };
}
