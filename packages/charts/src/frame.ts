import type { TopLevelSpec } from 'vega-lite';
import { countsOf } from './build/counts.ts';
import type { ChartInput } from './chart.ts';
import { displayText, trimEnd } from './format.ts';
import { framed, noDataFramed, type Plot } from './framed.ts';
import { coldRows, failedCount, warmRows } from './rows.ts';
import { SIDES, sideLabel } from './sides.ts';

interface PlotOfInput extends Plot {
  /** Further lines below the title, for example that points were thinned out. */
  readonly notes?: readonly string[];
}

/** Who was measured, how often, and what was left out of the summary. */
export const describeSides = (input: ChartInput): readonly string[] =>
  countsOf(
    SIDES.map((side) => ({
      label: sideLabel(side, input),
      warm: warmRows(input, side).length,
      cold: coldRows(input, side).length,
      failed: failedCount(input, side),
    })),
  );

export const runLine = ({ runId }: ChartInput): string => `run ${trimEnd(displayText(runId), 60)}`;

/** A plot of the main comparison: with who was measured, and the run. */
export const frame = (input: ChartInput, title: string, { notes = [], ...plot }: PlotOfInput): TopLevelSpec =>
  framed(title, [...describeSides(input), ...notes, runLine(input)], plot);

export const noDataSpec = (input: ChartInput, title: string, reason: string): TopLevelSpec =>
  noDataFramed(title, [...describeSides(input), runLine(input)], reason);

export const NO_ROWS = 'no image was processed successfully';
