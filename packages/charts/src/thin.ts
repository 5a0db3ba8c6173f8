/** A picture of more points says no more, and its SVG grows by 300 bytes a point. */
export const MOST_POINTS = 5_000;

/**
 * At most `most` items, evenly spaced in the order given, always with the first and the last: sorted input keeps
 * its extremes and its shape. No randomness.
 */
export const thin = <Item>(items: readonly Item[], most: number): readonly Item[] => {
  if (items.length <= most) return items;
  if (most < 2) return items.slice(0, Math.max(0, most));
  const step = (items.length - 1) / (most - 1);
  const kept = new Set(Array.from({ length: most }, (_, position) => Math.round(position * step)));
  return items.filter((_, index) => kept.has(index));
};

/** Groups thinned to at most `most` items together: small groups stay whole, large ones share what is left evenly. */
export const thinGroups = <Item>(
  groups: readonly (readonly Item[])[],
  most: number,
): readonly (readonly Item[])[] => {
  const shares = new Map<number, number>();
  let left = most;
  const bySize = groups.map(({ length }, index) => ({ length, index })).sort((a, b) => a.length - b.length);
  bySize.forEach(({ length, index }, position) => {
    const share = Math.min(length, Math.floor(left / (groups.length - position)));
    shares.set(index, share);
    left -= share;
  });
  return groups.map((group, index) => thin(group, shares.get(index) ?? 0));
};
