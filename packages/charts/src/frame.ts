import type { TopLevelSpec } from 'vega-lite';
import type { ChartInput } from './chart.ts';
import { displayText, plural, trimEnd } from './format.ts';
import { coldRows, failedCount, warmRows } from './rows.ts';
import { SIDES, sideLabel } from './sides.ts';
import { INK, PLOT_WIDTH_PX, THEME } from './theme.ts';

export type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

interface Plot {
  readonly heightPx: number;
  readonly layer: Layers;
  /** Further lines below the title, for example that points were thinned out. */
  readonly notes?: readonly string[];
  /** Shapes say something else than colours do, so they are explained apart. */
  readonly ownLegendForShapes?: true;
}

/** Who was measured, how often, and what was left out of the summary. */
const describeSides = (input: ChartInput): string =>
  SIDES.map((side) => {
    const cold = coldRows(input, side).length;
    const failed = failedCount(input, side);
    return [
      `${sideLabel(side, input)}: n = ${warmRows(input, side).length} warm`,
      ...(cold > 0 ? [`${cold} cold`] : []),
      ...(failed > 0 ? [`${failed} failed, not drawn`] : []),
    ].join(' + ');
  }).join(' | ');

/** Title, target, n and run around a plot: the same on every chart, so that a single picture can stand alone. */
export const frame = (input: ChartInput, title: string, plot: Plot): TopLevelSpec => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  config: THEME,
  title: {
    text: title,
    subtitle: [describeSides(input), ...(plot.notes ?? []), `run ${trimEnd(displayText(input.runId), 60)}`],
  },
  width: PLOT_WIDTH_PX,
  height: plot.heightPx,
  layer: plot.layer,
  ...(plot.ownLegendForShapes === true ? { resolve: { legend: { shape: 'independent' as const } } } : {}),
});

/** What a chart becomes when there is nothing to draw. */
export const noDataSpec = (input: ChartInput, title: string, reason: string): TopLevelSpec =>
  frame(input, title, {
    heightPx: 90,
    layer: [
      {
        data: { values: [{ text: `no data: ${reason}` }] },
        mark: { type: 'text', fontSize: 14, fill: INK },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  });

export const NO_ROWS = 'no image was processed successfully';

/** The sentence that replaces a chart's own where there is nothing to say. */
export const noDataSentence = (reason: string): string => `There is no data to draw: ${reason}.`;

export const thinnedNote = (drawn: number, total: number): readonly string[] =>
  drawn < total
    ? [`${plural(drawn, 'point')} of ${total.toLocaleString('en-US')} drawn, evenly spaced by value`]
    : [];
