/** Kendall's S over values in order of time: pairs that rise minus pairs that fall. Variance without a trend, corrected for ties. */
export function kendall(values: readonly number[]): { readonly s: number; readonly variance: number } {
  const distinct = [...new Set(values)].toSorted((a, b) => a - b);
  const ranks = new Map(distinct.map((value, index) => [value, index + 1]));
  // A Fenwick tree of how often each rank came so far: n log n, where counting pairs would take minutes for 100,000.
  const tree = new Int32Array(distinct.length + 1);
  const ties = new Int32Array(distinct.length + 1);
  const countUpTo = (rank: number) => {
    let count = 0;
    for (let index = rank; index > 0; index -= index & -index) count += tree[index] ?? 0;
    return count;
  };
  let s = 0;
  for (const [earlier, value] of values.entries()) {
    const rank = ranks.get(value) ?? 0;
    const higher = earlier - countUpTo(rank);
    s += countUpTo(rank - 1) - higher;
    ties[rank] = (ties[rank] ?? 0) + 1;
    for (let index = rank; index < tree.length; index += index & -index) tree[index] = (tree[index] ?? 0) + 1;
  }
  const spread = (n: number) => n * (n - 1) * (2 * n + 5);
  return { s, variance: ties.reduce((sum, n) => sum - spread(n), spread(values.length)) / 18 };
}
