import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Uniform numbers strictly between 0 and 1 with 53 random bits, always the same ones for a seed. */
export function uniformNumbers(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  return () => {
    const high = generator.next() >>> 5;
    const low = generator.next() >>> 6;
    return (high * 2 ** 26 + low + 0.5) / 2 ** 53;
  };
}
