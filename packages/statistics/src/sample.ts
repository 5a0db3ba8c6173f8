import { StatisticsError } from './errors.ts';

declare const sample: unique symbol;
declare const sorted: unique symbol;

/** At least one value, all of them finite. Only `sampleOf` makes one, so no statistic has to think of empty or NaN. */
export type Sample = readonly number[] & { readonly [sample]: true };

/** A sample in ascending order. */
export type SortedSample = Sample & { readonly [sorted]: true };

/** Outside these, squares and ratios of values leave what a double holds and Infinity or NaN would come out. */
const largestMagnitude = 1e150;
const smallestMagnitude = 1e-150;

/** Checks values once. undefined: there are none. Throws on NaN, infinite and absurd values, naming the first. */
export function sampleOf(values: Iterable<number>): Sample | undefined {
  const copy = [...values];
  for (const [index, value] of copy.entries()) {
    const magnitude = Math.abs(value);
    if (value !== 0 && !(magnitude >= smallestMagnitude && magnitude <= largestMagnitude)) {
      throw new StatisticsError(
        `Value ${index + 1} of ${copy.length} is ${value}; expected 0 or a finite number of magnitude 1e-150 to 1e150. Leave out what was not measured before summarising.`,
      );
    }
  }
  // The brand's only door: checked just above.
  return copy.length === 0 ? undefined : (copy as readonly number[] as Sample);
}

export function sortedSample(values: Sample): SortedSample {
  return values.toSorted((a, b) => a - b) as readonly number[] as SortedSample;
}
