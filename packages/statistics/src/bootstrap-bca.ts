import { normalQuantile, normalUpperTail } from './normal.ts';

/**
 * Between which shares of the resampled estimates a BCa interval lies (bias-corrected and accelerated: Efron, "Better
 * bootstrap confidence intervals", 1987): shifted where the resamples lie mostly on one side of the estimate, and
 * stretched on the side where a skewed sample is less sure.
 */
export function bcaShares(
  estimates: Float64Array,
  estimate: number,
  acceleration: number,
  confidence: number,
): readonly [low: number, high: number] {
  let below = 0;
  for (const value of estimates) below += value < estimate ? 1 : value === estimate ? 0.5 : 0;
  // All on one side would be an infinite shift: half a resample is what so many of them cannot tell from none.
  const share = Math.min(Math.max(below, 0.5), estimates.length - 0.5) / estimates.length;
  const shift = normalQuantile(share);
  const shareAt = (p: number) => {
    const z = shift + normalQuantile(p);
    const stretch = 1 - acceleration * z;
    if (stretch <= 0) return z > 0 ? 1 : 0;
    return 1 - normalUpperTail(shift + z / stretch);
  };
  return [shareAt((1 - confidence) / 2), shareAt((1 + confidence) / 2)];
}

/** A sixth of the skewness of a statistic when each value in turn is left out; `leftOut` has one estimate for each. */
export function jackknifeAcceleration(leftOut: Float64Array): number {
  const centre = leftOut.reduce((sum, value) => sum + value / leftOut.length, 0);
  const largest = leftOut.reduce((most, value) => Math.max(most, Math.abs(centre - value)), 0);
  if (largest === 0) return 0;
  let squares = 0;
  let cubes = 0;
  for (const value of leftOut) {
    // In units of the largest, so that neither power leaves what a double holds.
    const distance = (centre - value) / largest;
    squares += distance ** 2;
    cubes += distance ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

/** The mean without each of the values in turn. */
export function jackknifeMeans(sorted: Float64Array): Float64Array {
  const sum = sorted.reduce((total, value) => total + value, 0);
  return sorted.map((value) => (sum - value) / (sorted.length - 1));
}

/** The median without each of the values in turn: only which side of the middle the value lay on matters. */
export function jackknifeMedians(sorted: Float64Array): Float64Array {
  const left = sorted.length - 1;
  return sorted.map((_, index) => {
    const at = (rank: number) => sorted[rank < index ? rank : rank + 1] ?? 0;
    return (at((left - 1) >> 1) + at(left >> 1)) / 2;
  });
}
