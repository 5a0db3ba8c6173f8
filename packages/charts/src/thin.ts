/** A picture of more points says no more, and its SVG grows by 300 bytes a point. */
export const MOST_POINTS = 5_000;

/**
 * At most `most` items, evenly spaced in the order given, always with the first and the last: sorted input keeps
 * its extremes and its shape. No randomness.
 */
export const thin = <Item>(items: readonly Item[], most: number): readonly Item[] => {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  const kept = new Set(Array.from({ length: most }, (_, position) => Math.round(position * step)));
  return items.filter((_, index) => kept.has(index));
};
