import { StatisticsError } from './errors.ts';
import { interpolate } from './quantile.ts';
import { sampleOf } from './sample.ts';
import { levelChanges } from './segmentation.ts';

/** Values from `from` (an index, from 0) up to the next stretch that have one level. */
export interface Stretch {
  readonly from: number;
  readonly median: number;
}

export type SteadyState =
  | {
      readonly kind: 'steady';
      /** Index of the first value that counts; 0 where the series is steady from the start. */
      readonly from: number;
      /** How the values before it lie to the steady ones: higher durations are a warm-up, lower ones a slowdown. */
      readonly before: 'nothing' | 'higher' | 'lower';
      /** Median of the steady values. */
      readonly level: number;
      readonly stretches: readonly Stretch[];
      readonly resolution: number;
      readonly n: number;
    }
  | {
      /** The level at the end was not reached in the first half: drift, or a change late in the run. */
      readonly kind: 'not steady';
      readonly stretches: readonly Stretch[];
      readonly resolution: number;
      readonly n: number;
    }
  | { readonly kind: 'too few'; readonly needed: number; readonly n: number };

/** With fewer, three slow values at the start could not be told from noise. */
const fewestForSteadyState = 20;

/** So many blocks are searched at most: the search takes the square of their number. */
const mostBlocks = 2000;

/** Splits pure noise in 2 of 100 series of 20 values and in fewer of longer ones (test/steady-state.test.ts). */
const penaltyPerLog = 2.5;

/**
 * From where on a series of measurements, in the order of time, is steady: divides it where its level changes and takes
 * the stretches at the end whose medians are equal within `tolerance`. After Barrett and others, "Virtual machine warmup
 * blows hot and cold" (2017). A longer series than 2,000 is reduced to medians of `resolution` values first, and
 * `from` is a multiple of it.
 */
export function steadyState(
  values: Iterable<number>,
  /** Levels nearer than this fraction of the last one count as equal: below it a difference does not matter. */
  { tolerance = 0.02 }: { readonly tolerance?: number } = {},
): SteadyState {
  if (!(tolerance >= 0 && tolerance < 1)) {
    throw new StatisticsError(`tolerance is a fraction from 0 up to 1, got ${tolerance}. 0.02 is usual.`);
  }
  const series = Float64Array.from(sampleOf(values) ?? []);
  const n = series.length;
  if (n < fewestForSteadyState) return { kind: 'too few', needed: fewestForSteadyState, n };
  const resolution = Math.ceil(n / mostBlocks);
  const starts = levelChanges(blockMedians(series, resolution), penaltyPerLog).map(
    (block) => block * resolution,
  );
  const stretches = starts.map((from, index) => ({
    from,
    median: medianOf(series, from, starts[index + 1]),
  }));
  const end = stretches.at(-1)?.median ?? 0;
  const differs = ({ median }: Stretch) => Math.abs(median - end) > tolerance * Math.abs(end);
  const lastOther = stretches.findLastIndex(differs);
  const from = starts[lastOther + 1] ?? 0;
  if (from > n / 2) return { kind: 'not steady', stretches, resolution, n };
  const level = medianOf(series, from);
  const before = from === 0 ? 'nothing' : medianOf(series, 0, from) > level ? 'higher' : 'lower';
  return { kind: 'steady', from, before, level, stretches, resolution, n };
}

/** The last block takes what does not fill one of its own. */
function blockMedians(series: Float64Array, size: number): Float64Array {
  const blocks = Math.floor(series.length / size);
  return Float64Array.from({ length: blocks }, (_, block) =>
    medianOf(series, block * size, block === blocks - 1 ? series.length : (block + 1) * size),
  );
}

function medianOf(series: Float64Array, from: number, to = series.length): number {
  return interpolate(series.slice(from, to).sort(), 0.5);
}
