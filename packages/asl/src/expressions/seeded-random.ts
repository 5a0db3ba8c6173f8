const MULTIPLIER = 0x5deece66dn;
const MASK = (1n << 48n) - 1n;

/**
 * Java's java.util.Random, for the seeds of States.MathRandom and $random: AWS promises only that the same seed gives the same
 * number, and its services run on Java.
 */
export class SeededRandom {
  #state: bigint;

  /** Only the integer part of the seed counts. */
  constructor(seed: number) {
    this.#state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & MASK;
  }

  /** An integer of [0, bound). */
  below(bound: number): number {
    if (bound > 2 ** 31 - 1) return Math.floor(this.fraction() * bound);
    if (Number.isInteger(Math.log2(bound))) return Number((BigInt(bound) * this.#bits(31n)) >> 31n);
    for (;;) {
      const drawn = Number(this.#bits(31n));
      const result = drawn % bound;
      // The last, incomplete run of bounds would make small numbers more likely.
      if (drawn - result + (bound - 1) < 2 ** 31) return result;
    }
  }

  /** A number of [0, 1). */
  fraction(): number {
    const high = this.#bits(26n) << 27n;
    return Number(high + this.#bits(27n)) / 2 ** 53;
  }

  #bits(count: bigint): bigint {
    this.#state = (this.#state * MULTIPLIER + 0xbn) & MASK;
    return this.#state >> (48n - count);
  }
}
