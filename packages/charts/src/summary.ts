import {
  type BoxPlot,
  bootstrapInterval,
  boxPlot,
  type IntervalResult,
  type Summary,
  summarise,
} from '@skyground/statistics';
import type { ChartInput } from './chart.ts';
import { warmRows } from './rows.ts';
import { SIDES, type Side, sideLabel } from './sides.ts';

export const CONFIDENCE_PERCENT = 95;
export const BOOTSTRAP_RESAMPLES = 10_000;

export const bootstrapOptions = ({ seed }: ChartInput) => ({
  seed,
  resamples: BOOTSTRAP_RESAMPLES,
  confidence: CONFIDENCE_PERCENT / 100,
});

/** Processing times of a side's warm rows, in ms. */
export interface SideSummary {
  readonly figures: Summary;
  readonly box: BoxPlot;
  readonly meanInterval: IntervalResult;
}

interface SummarisedSide {
  readonly side: Side;
  readonly label: string;
  /** undefined: the side has no warm row. */
  readonly summary: SideSummary | undefined;
}

const summariseSide = (input: ChartInput, side: Side): SideSummary | undefined => {
  const times = warmRows(input, side).map((row) => row.processingTimeMs);
  const figures = summarise(times);
  const box = boxPlot(times);
  return figures.kind === 'empty' || box.kind === 'empty'
    ? undefined
    : { figures, box, meanInterval: bootstrapInterval(times, 'mean', bootstrapOptions(input)) };
};

/** Spec, sentence, table and alternative text of several charts ask for the same bootstrap. */
const known = new WeakMap<ChartInput, readonly SummarisedSide[]>();

/** Both sides, in the order of SIDES. */
export const summariseBoth = (input: ChartInput): readonly SummarisedSide[] => {
  const before = known.get(input);
  if (before !== undefined) return before;
  const both = SIDES.map((side) => ({
    side,
    label: sideLabel(side, input),
    summary: summariseSide(input, side),
  }));
  known.set(input, both);
  return both;
};
