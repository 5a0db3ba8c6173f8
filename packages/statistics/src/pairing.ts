import { median } from './quantile.ts';
import { sampleOf, sortedSample } from './sample.ts';

export interface KeyedValue {
  readonly key: string;
  readonly value: number;
}

export interface Pairing {
  /** One for each key on both sides, in code-unit order of the key: the medians of its values on each. */
  readonly pairs: readonly { readonly key: string; readonly a: number; readonly b: number }[];
  /** Keys on one side only: each is a hole in the comparison, to be shown. */
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
}

/**
 * Pairs what was measured on both sides. Repetitions of a key become one value, their median, so that an image done ten
 * times counts as one image and not as ten independent ones.
 */
export function pairByKey(a: Iterable<KeyedValue>, b: Iterable<KeyedValue>): Pairing {
  const mediansA = medianByKey(a);
  const mediansB = medianByKey(b);
  const pairs = [...mediansA].flatMap(([key, valueA]) => {
    const valueB = mediansB.get(key);
    return valueB === undefined ? [] : [{ key, a: valueA, b: valueB }];
  });
  return {
    pairs,
    onlyA: [...mediansA.keys()].filter((key) => !mediansB.has(key)),
    onlyB: [...mediansB.keys()].filter((key) => !mediansA.has(key)),
  };
}

function medianByKey(values: Iterable<KeyedValue>): ReadonlyMap<string, number> {
  const groups = Map.groupBy(values, ({ key }) => key);
  const keys = [...groups.keys()].toSorted((x, y) => (x < y ? -1 : 1));
  return new Map(
    keys.flatMap((key) => {
      const sample = sampleOf((groups.get(key) ?? []).map(({ value }) => value));
      return sample === undefined ? [] : [[key, median(sortedSample(sample))] as const];
    }),
  );
}
