import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Per-image samples of both sides. `by image`: the values at one index belong to one image, and are drawn together. */
export interface SampledSides {
  readonly pairing: 'by image' | 'independent';
  readonly cloud: readonly number[];
  readonly onPrem: readonly number[];
}

export interface MeansDrawn {
  readonly cloud: number;
  readonly onPrem: number;
}

/** Means of samples drawn with replacement, always the same for one seed. */
export function resampledMeans(
  { pairing, cloud, onPrem }: SampledSides,
  { seed, resamples }: { readonly seed: number; readonly resamples: number },
): readonly MeansDrawn[] {
  const generator = xoroshiro128plus(seed);
  const drawIndexes = (n: number) =>
    Array.from({ length: n }, () => Math.floor(((generator.next() >>> 0) / 2 ** 32) * n));
  const meanAt = (values: readonly number[], indexes: readonly number[]) =>
    indexes.reduce((sum, index) => sum + (values[index] ?? 0), 0) / indexes.length;
  return Array.from({ length: resamples }, () => {
    const indexes = drawIndexes(cloud.length);
    return {
      cloud: meanAt(cloud, indexes),
      onPrem: meanAt(onPrem, pairing === 'by image' ? indexes : drawIndexes(onPrem.length)),
    };
  });
}
