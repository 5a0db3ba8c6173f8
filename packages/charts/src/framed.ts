import type { TopLevelSpec } from 'vega-lite';
import { displayText, pictureText, trimEnd } from './format.ts';
import { INK, PLOT_WIDTH_PX, THEME } from './theme.ts';

export type Layers = Extract<TopLevelSpec, { layer: unknown }>['layer'];

export interface Plot {
  readonly heightPx: number;
  readonly layer: Layers;
  /** Where the plot needs another width than charts have. */
  readonly widthPx?: number;
  /** Shapes say something else than colours do, so they are explained apart. */
  readonly ownLegendForShapes?: true;
}

const LONGEST_TITLE = 60;
const LONGEST_LINE = 110;

/** Title and lines below it: the same on every chart, so that a single picture can stand alone. */
const headOf = (title: string, lines: readonly string[]) => ({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  config: THEME,
  title: {
    text: pictureText(trimEnd(displayText(title), LONGEST_TITLE)),
    subtitle: lines.map((line) => pictureText(trimEnd(displayText(line), LONGEST_LINE))),
  },
});

export const framed = (title: string, lines: readonly string[], plot: Plot): TopLevelSpec => ({
  ...headOf(title, lines),
  width: plot.widthPx ?? PLOT_WIDTH_PX,
  height: plot.heightPx,
  layer: plot.layer,
  ...(plot.ownLegendForShapes === true ? { resolve: { legend: { shape: 'independent' as const } } } : {}),
});

export interface Panel extends Pick<Plot, 'heightPx' | 'layer'> {
  /** Of this panel alone, where the picture has several. */
  readonly heading?: string;
}

/** Plots of one width below each other under one title, with an axis each. */
export const framedPanels = (
  title: string,
  lines: readonly string[],
  panels: readonly Panel[],
): TopLevelSpec => ({
  ...headOf(title, lines),
  spacing: 16,
  vconcat: panels.map(({ heightPx, layer, heading }) => ({
    ...(heading === undefined
      ? {}
      : { title: { text: pictureText(displayText(heading)), fontSize: 13, offset: 6 } }),
    width: PLOT_WIDTH_PX,
    height: heightPx,
    layer,
  })),
});

/** What a chart becomes when there is nothing to draw. */
export const noDataFramed = (title: string, lines: readonly string[], reason: string): TopLevelSpec =>
  framed(title, lines, {
    heightPx: 90,
    layer: [
      {
        data: { values: [{ text: `no data: ${reason}` }] },
        mark: { type: 'text', fontSize: 14, fill: INK },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  });

/** The sentence that replaces a chart's own where there is nothing to say. */
export const noDataSentence = (reason: string): string => `There is no data to draw: ${reason}.`;

export const thinnedNote = (drawn: number, total: number): readonly string[] =>
  drawn < total
    ? [
        `${drawn.toLocaleString('en-US')} points of ${total.toLocaleString('en-US')} drawn, evenly spaced by value`,
      ]
    : [];
