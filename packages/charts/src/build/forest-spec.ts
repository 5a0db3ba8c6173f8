import type { TopLevelSpec } from 'vega-lite';
import { formatNumber, pictureText } from '../format.ts';
import { framed, type Layers } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { textWidthPx } from '../render/text-width.ts';
import { axisTitle, linearScale } from '../scale.ts';
import { INK, QUIET_INK, SIDE_STYLE } from '../theme.ts';
import { intervalText } from './arm-values.ts';
import type { ForestRequest, ForestRow } from './forest-rows.ts';

const ROW_PX = 26;
const PLOT_PX = 400;
/** Right of the plot stand the figures as text. */
const TEXT_PX = { gap: 14, font: 12, columnGap: 18 } as const;
const BOUND_COLOUR = '#d55e00';
const WRONG_COLOUR = '#a40000';

interface Words {
  readonly quantity: string;
  readonly confidence: string;
  readonly sides: ForestRequest['sides'];
}

export function forestSpec(
  { title, measure, statistic, lines = [] }: ForestRequest,
  rows: readonly ForestRow[],
  { quantity, confidence, sides }: Words,
): TopLevelSpec {
  const values = rows.map((row, lane) => ({
    lane,
    estimate: row.estimate ?? 0,
    low: row.interval?.low ?? row.estimate ?? 0,
    high: row.interval?.high ?? row.estimate ?? 0,
    bound: row.bound ?? 0,
    top: lane - 0.34,
    bottom: lane + 0.34,
    colour: row.isAboveBound ? WRONG_COLOUR : SIDE_STYLE.on_prem.colour,
    fill: row.isAboveBound ? WRONG_COLOUR : row.isDecided ? SIDE_STYLE.on_prem.colour : '#ffffff',
  }));
  const measured = values.filter((_, index) => rows[index]?.estimate !== null);
  const bounded = values.filter((_, index) => rows[index]?.bound !== null);
  const scale = linearScale([
    ...measured.flatMap(({ low, high, estimate }) => [low, high, estimate]),
    ...bounded.map(({ bound }) => bound),
  ]);
  const x = {
    type: 'quantitative' as const,
    scale,
    axis: { title: axisTitle(quantity, measure.unit, scale), tickCount: 6 },
  };
  const lanes = laneAxis(rows.map(({ label }) => label));
  // A row more, on top, for what the columns and sides are.
  const y = { ...lanes, scale: { ...lanes.scale, domain: [rows.length - 0.5, -1.5] } };
  return framed(title, lines, {
    widthPx: PLOT_PX,
    heightPx: (rows.length + 1) * ROW_PX,
    layer: [
      {
        data: { values: [{ zero: 0, top: -0.6, bottom: rows.length - 0.5 }] },
        mark: { type: 'rule', color: INK, strokeWidth: 1.4 },
        encoding: { x: { ...x, field: 'zero' }, y: { ...y, field: 'top' }, y2: { field: 'bottom' } },
      },
      {
        data: { values: bounded },
        mark: { type: 'rule', strokeWidth: 3.5, color: BOUND_COLOUR },
        encoding: { x: { ...x, field: 'bound' }, y: { ...y, field: 'top' }, y2: { field: 'bottom' } },
      },
      {
        data: { values: measured },
        mark: { type: 'rule', strokeWidth: 2.2 },
        encoding: {
          x: { ...x, field: 'low' },
          x2: { field: 'high' },
          y: { ...y, field: 'lane' },
          color: { field: 'colour', type: 'nominal', scale: null },
        },
      },
      {
        data: { values: measured },
        mark: { type: 'point', shape: 'square', size: 70, strokeWidth: 2, opacity: 1 },
        encoding: {
          x: { ...x, field: 'estimate' },
          y: { ...y, field: 'lane' },
          stroke: { field: 'colour', type: 'nominal', scale: null },
          fill: { field: 'fill', type: 'nominal', scale: null },
        },
      },
      ...sideLayers(scale.domain, sides, y),
      ...columnLayers(
        rows,
        measure.unit,
        `${statistic === '' ? measure.name : statistic} (${confidence})`,
        y,
      ),
    ],
  });
}

/** What is left and right of zero, where there is room for it. */
function sideLayers(
  [low, high]: readonly [number, number],
  { below, above }: Words['sides'],
  y: object,
): Layers {
  const zeroPx = (PLOT_PX * (0 - low)) / (high - low);
  const texts = [
    { text: `← ${below}`, align: 'right' as const, x: zeroPx - 6, roomPx: zeroPx },
    { text: `${above} →`, align: 'left' as const, x: zeroPx + 6, roomPx: PLOT_PX - zeroPx },
  ].filter(({ text, roomPx }) => textWidthPx(text, TEXT_PX.font) + 6 <= roomPx);
  return texts.map(({ text, align, x }) => textAt([{ lane: -1, text, colour: QUIET_INK }], x, align, y));
}

/** Figure with interval, and bound, as two columns of text. */
function columnLayers(rows: readonly ForestRow[], unit: string, figureHeading: string, y: object): Layers {
  const unitText = unit === '' ? '' : `, ${unit}`;
  const figures = rows.map((row, lane) => ({
    lane,
    text: figureText(row),
    colour: row.isAboveBound ? WRONG_COLOUR : INK,
  }));
  const heading = { lane: -1, text: pictureText(`${figureHeading}${unitText}`), colour: QUIET_INK };
  const firstX = PLOT_PX + TEXT_PX.gap;
  const first = [heading, ...figures];
  const widthPx = first.reduce((most, { text }) => Math.max(most, textWidthPx(text, TEXT_PX.font)), 0);
  const bounds = rows.flatMap(({ bound, isAboveBound }, lane) =>
    bound === null
      ? []
      : [
          {
            lane,
            text: `${formatNumber(bound)}${isAboveBound ? ', exceeded' : ''}`,
            colour: isAboveBound ? WRONG_COLOUR : INK,
          },
        ],
  );
  return [
    textAt(first, firstX, 'left', y),
    ...(bounds.length === 0
      ? []
      : [
          textAt(
            [{ lane: -1, text: pictureText(`bound${unitText}`), colour: BOUND_COLOUR }, ...bounds],
            firstX + widthPx + TEXT_PX.columnGap,
            'left',
            y,
          ),
        ]),
  ];
}

function figureText({ estimate, interval, result }: ForestRow): string {
  if (estimate === null || result === undefined) return 'not measured';
  if (interval === undefined) return `${formatNumber(estimate)}, too few for an interval`;
  return `${formatNumber(estimate)} (${intervalText(result)})`;
}

const textAt = (
  values: readonly { readonly lane: number; readonly text: string; readonly colour: string }[],
  x: number,
  align: 'left' | 'right',
  y: object,
): Layers[number] => ({
  data: { values: [...values] },
  mark: { type: 'text', align, baseline: 'middle', fontSize: TEXT_PX.font },
  encoding: {
    x: { value: x },
    y: { ...y, field: 'lane', type: 'quantitative' },
    text: { field: 'text', type: 'nominal' },
    color: { field: 'colour', type: 'nominal', scale: null },
  },
});
