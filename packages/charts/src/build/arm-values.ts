import {
  type BoxPlot,
  boxPlot,
  type IntervalResult,
  quantileInterval,
  type Summary,
  summarise,
} from '@skyground/statistics';
import { drawable } from '../drawable.ts';
import { formatChosen, formatCount, formatNumber, plural } from '../format.ts';
import { type ArmLook, looksOf } from './arms.ts';

/** What was measured of one arm, in the unit of the measure. */
export interface ArmValues {
  readonly arm: string;
  /** What summaries, boxes, curves and intervals are made of. */
  readonly warm: readonly number[];
  /** Drawn and marked, never part of a summary. */
  readonly cold?: readonly number[];
  /** Counted only: what failed has no value. */
  readonly failed?: number;
}

export interface SummarisedArm {
  readonly look: ArmLook;
  /** Ascending, as are the cold ones. */
  readonly warm: readonly number[];
  readonly cold: readonly number[];
  readonly failed: number;
  /** Values that no axis can show: not finite, or absurd. */
  readonly notDrawable: number;
  /** undefined where there is no warm value. */
  readonly figures: Summary | undefined;
  /** undefined below the smallest n that says anything about spread; `interval` then says what is needed. */
  readonly box: BoxPlot | undefined;
  readonly median: IntervalResult;
}

/** Sorted once, and by the engine: every statistic below sorts again, which costs little then. */
const ascending = (values: readonly number[]): readonly number[] =>
  Array.from(Float64Array.from(values).sort());

export const summariseArms = (arms: readonly ArmValues[]): readonly SummarisedArm[] => {
  const looks = looksOf(arms.map(({ arm }) => arm));
  return arms.flatMap(({ warm, cold = [], failed = 0 }, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    const [values, coldValues] = [ascending(drawable(warm)), ascending(drawable(cold))];
    const figures = summarise(values);
    const box = boxPlot(values);
    const median = quantileInterval(values, 0.5);
    return [
      {
        look,
        warm: values,
        cold: coldValues,
        failed,
        notDrawable: warm.length + cold.length - values.length - coldValues.length,
        figures: figures.kind === 'summary' ? figures : undefined,
        box: box.kind === 'box plot' && median.kind === 'interval' ? box : undefined,
        median,
      },
    ];
  });
};

export const notDrawableNote = (count: number): readonly string[] =>
  count > 0 ? [`${plural(count, 'value')} not finite or absurd, left out`] : [];

/** `38.2 to 44.0`, or that there are too few for an interval. */
export const intervalText = (result: IntervalResult): string =>
  result.kind === 'interval'
    ? `${formatNumber(result.low)} to ${formatNumber(result.high)}`
    : `too few (needs ${formatCount(result.needed)})`;

export const confidenceText = (result: IntervalResult | undefined): string =>
  `${formatChosen(100 * (result?.kind === 'interval' ? result.confidence : 0.95))} % interval`;
