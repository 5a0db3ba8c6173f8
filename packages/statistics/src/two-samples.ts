import { sampleOf } from './sample.ts';

/** Two groups of independent values, checked and ascending. */
export interface TwoSamples {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly n: readonly [number, number];
}

/** A side has fewer values than a test needs: there is no p-value to give. */
export interface TooFewForTest {
  readonly kind: 'too few';
  readonly needed: number;
  readonly n: readonly [number, number];
}

/** Throws StatisticsError on NaN, infinite and absurd values. */
export function twoSamples(a: Iterable<number>, b: Iterable<number>): TwoSamples {
  const [sortedA, sortedB] = [ascending(a), ascending(b)];
  return { a: sortedA, b: sortedB, n: [sortedA.length, sortedB.length] };
}

function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(sampleOf(values) ?? []).sort();
}
