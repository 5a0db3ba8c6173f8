import { type Summary, summarise } from '@skyground/statistics';

/** Bins of one width beside each other, at least one: from `edges[i]` on, below `edges[i + 1]`. */
export interface Bins {
  readonly width: number;
  readonly edges: readonly number[];
}

/** Of fewer the shape of a histogram says nothing: they are drawn one by one. */
export const FEWEST_FOR_BINS = 6;

const MOST_BINS = 60;
/** Widened at most so far to hold every value; past that, the far ones are left beyond the last bin. */
const WIDEST = 4;
/** Share of the values (but always one) that may lie there. */
const MOST_BEYOND = 0.01;
/** An edge below this share of the largest value could not be told from its neighbour. */
const FINEST = 1e-9;

/** 1, 2, 2.5 or 5 times a power of ten: the nearest by ratio. */
const niceWidth = (width: number): number => {
  const power = 10 ** Math.floor(Math.log10(width));
  const near = (steps: number) => Math.abs(Math.log(width / (steps * power)));
  return power * [1, 2, 2.5, 5, 10].reduce((best, steps) => (near(steps) < near(best) ? steps : best));
};

/**
 * Bins after Freedman and Diaconis (twice the middle half's range by the cube root of n) for groups that share them: as fine as
 * the group needs that needs the finest, with edges at multiples of a round width. At most 60: a few values far above the rest
 * may lie beyond the last, but never the 95th percentile of a group, nor where a group has too few values for bins. undefined
 * where there is no value.
 */
export const binsOf = (groups: readonly (readonly number[])[]): Bins | undefined => {
  const all = summarise(groups.flat());
  if (all.kind === 'empty') return undefined;
  const own = groups
    .filter(({ length }) => length >= FEWEST_FOR_BINS)
    .map((values) => summarise(values))
    .filter((figures) => figures.kind === 'summary');
  const drawn = own.length === 0 ? [all] : own;
  const finest = Math.min(...drawn.map(startWidth));
  const whole = widenUntil(finest, all, (bins) => last(bins) > all.max);
  // What is drawn one by one needs the true axis, and leaves none for a bar of those beyond it.
  const isOneByOne = groups.some(({ length }) => length > 0 && length < FEWEST_FOR_BINS);
  if (isOneByOne || whole.width <= WIDEST * finest) return whole;
  const ascending = groups.flat().toSorted((a, b) => a - b);
  const lastWithin = ascending.at(-1 - Math.max(1, Math.floor(MOST_BEYOND * all.n))) ?? all.min;
  const reach = Math.max(lastWithin, ...drawn.map(({ p95 }) => p95));
  const most = widenUntil(finest, all, (bins) => last(bins) > reach);
  // Nothing lies between the last value within and the first beyond.
  const end = Math.max(reach, ascending.findLast((value) => value < last(most)) ?? reach);
  return { ...most, edges: most.edges.slice(0, most.edges.findIndex((edge) => edge > end) + 1) };
};

/** How many values lie in each bin, and how many beyond the last. Every value is in exactly one place. */
export const countsIn = ({ edges }: Bins, sorted: readonly number[]) => {
  const counts = edges.slice(1).map(() => 0);
  let beyond = 0;
  let bin = 0;
  for (const value of sorted) {
    while (bin < counts.length && value >= (edges[bin + 1] ?? Number.POSITIVE_INFINITY)) bin += 1;
    if (bin === counts.length) beyond += 1;
    else counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, beyond };
};

const last = ({ edges }: Bins): number => edges.at(-1) ?? 0;

function startWidth({ n, min, max, q1, q3 }: Summary): number {
  const largest = Math.max(Math.abs(min), Math.abs(max));
  // Where half of the values are equal the rule of Sturges; where all are, one bin around them.
  const width =
    q3 > q1
      ? (2 * (q3 - q1)) / Math.cbrt(n)
      : (max - min) / (Math.ceil(Math.log2(n)) + 1) || largest / 10 || 1;
  return niceWidth(Math.max(width, largest * FINEST));
}

function widenUntil(from: number, { min, max }: Summary, isEnough: (bins: Bins) => boolean): Bins {
  let width = from;
  for (;;) {
    const bins = binsFrom(min, max, width);
    if (isEnough(bins)) return bins;
    width = niceWidth(width * 2);
  }
}

function binsFrom(min: number, max: number, width: number): Bins {
  const first = binAt(min, width);
  const count = Math.min(binAt(max, width) - first + 1, MOST_BINS);
  return { width, edges: Array.from({ length: count + 1 }, (_, index) => edgeOf(first + index, width)) };
}

/** Multiples of 0.1 are no round numbers to a computer. */
const edgeOf = (bin: number, width: number): number => Number((bin * width).toPrecision(12));

/** The bin of a value, counted from zero on: by its edges, as 0.15 / 0.05 is less than 3 to a computer. */
function binAt(value: number, width: number): number {
  const near = Math.floor(value / width);
  if (value < edgeOf(near, width)) return near - 1;
  return value < edgeOf(near + 1, width) ? near : near + 1;
}
