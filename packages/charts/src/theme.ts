import type { Config } from 'vega-lite';
import type { Side } from './sides.ts';

/**
 * Blue and orange of Okabe and Ito's palette: told apart by colour-blind people, and in grey by their lightness
 * (L* 46 and 71). Shape, dash and outline repeat what colour says.
 */
export const SIDE_STYLE: Readonly<
  Record<Side, { readonly colour: string; readonly shape: string; readonly dash: readonly number[] }>
> = {
  on_prem: { colour: '#0072b2', shape: 'circle', dash: [] },
  cloud: { colour: '#e69f00', shape: 'triangle-up', dash: [7, 3] },
};

/** Cold starts: the darkest colour, and a shape of their own. */
export const COLD_COLOUR = '#5b0f7d';
export const COLD_SHAPE = 'diamond';

export const INK = '#222222';
export const QUIET_INK = '#555555';
const OUTLINE = '#333333';

export const OUTLINED = { stroke: OUTLINE, strokeWidth: 1 } as const;

/** Verdana has DejaVu's widths, for readers of the SVG without DejaVu. */
export const FONT_FAMILY = 'DejaVu Sans, Verdana, sans-serif';

/** For what a terminal shows. */
export const MONO_FAMILY = 'DejaVu Sans Mono, Menlo, Consolas, monospace';

export const PLOT_WIDTH_PX = 640;

export const THEME: Config = {
  font: FONT_FAMILY,
  background: '#ffffff',
  // The picture carries one alternative text and a table; a label on each of its marks would double its size.
  aria: false,
  padding: 14,
  view: { stroke: null },
  title: {
    anchor: 'start',
    frame: 'group',
    fontSize: 17,
    color: INK,
    subtitleFontSize: 12,
    subtitleColor: QUIET_INK,
    subtitlePadding: 6,
    subtitleLineHeight: 17,
    offset: 14,
  },
  axis: {
    labelFontSize: 12,
    labelColor: INK,
    labelLimit: 320,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    titleColor: INK,
    titlePadding: 10,
    gridColor: '#e4e4e4',
    domainColor: '#888888',
    tickColor: '#888888',
  },
  axisX: { labelAngle: 0, labelFlush: false, tickCount: 8 },
  legend: {
    orient: 'bottom',
    title: null,
    labelFontSize: 12,
    labelColor: INK,
    labelLimit: 320,
    symbolSize: 110,
    columnPadding: 24,
    offset: 12,
  },
};
