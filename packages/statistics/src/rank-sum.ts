/** Ranks of two groups put together, and how the first group's rank sum would fall if the groups were drawn by lot. */

/** Values in ascending order and how often each occurs. */
export function tieSizes(sorted: ArrayLike<number>): readonly number[] {
  const sizes: number[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && sorted[end] === sorted[start]) end += 1;
    sizes.push(end - start);
    start = end;
  }
  return sizes;
}

/** Twice the mid-rank of each value: whole numbers also where ties share a rank. */
export function doubledRanks(ties: readonly number[]): readonly number[] {
  let before = 0;
  return ties.flatMap((size) => {
    const doubled = 2 * before + size + 1;
    before += size;
    return Array.from({ length: size }, () => doubled);
  });
}

/**
 * In how many of the ways to choose `chosen` of the ranks they add up to each sum (the index): the exact distribution,
 * ties or not, without going through the choices one by one (Streitberg and Röhmel's shift algorithm). Only additions of
 * positive numbers, so every count is right to its last digits.
 */
export function rankSumCounts(doubled: readonly number[], chosen: number): Float64Array {
  const largestSum = doubled.slice(-chosen).reduce((sum, rank) => sum + rank, 0);
  const counts = Array.from({ length: chosen + 1 }, () => new Float64Array(largestSum + 1));
  counts[0]?.fill(1, 0, 1);
  for (const rank of doubled) {
    for (let taken = chosen; taken >= 1; taken -= 1) {
      const target = counts[taken];
      const source = counts[taken - 1];
      if (target === undefined || source === undefined) continue;
      for (let sum = largestSum; sum >= rank; sum -= 1) {
        target[sum] = (target[sum] ?? 0) + (source[sum - rank] ?? 0);
      }
    }
  }
  return counts[chosen] ?? new Float64Array();
}

export function sumOf(values: ArrayLike<number>, from = 0, to = values.length): number {
  let sum = 0;
  for (let index = from; index < to; index += 1) sum += values[index] ?? 0;
  return sum;
}
