import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber, formatQuantity, plural } from '../format.ts';
import { framed, noDataFramed, noDataSentence, thinnedNote } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { axisTitle, scaleFor } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, OUTLINED } from '../theme.ts';
import { MOST_POINTS, thinGroups } from '../thin.ts';
import {
  type ArmValues,
  intervalText,
  notDrawableNote,
  type SummarisedArm,
  summariseArms,
} from './arm-values.ts';
import { COLD, COLD_LOOK, colourBySeries, shapeBySeries } from './arms.ts';
import { countsOf } from './counts.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface DistributionRequest extends ChartHeading {
  readonly measure: Measure;
  readonly arms: readonly ArmValues[];
  /** One of what was measured: `image`, `request`. */
  readonly thing: string;
}

/** A lane is one unit high: the box above its middle, the points below it. */
const BOX = { top: -0.36, bottom: -0.02 } as const;
const POINTS = { top: 0.1, height: 0.3 } as const;
const LANE_PX = { tallest: 130, lowest: 56 } as const;
const ALL_LANES_PX = 640;

/** Spreads neighbours far apart without randomness: multiples of the golden ratio. */
const spread = (index: number): number => (index * 0.618_033_988_75) % 1;

/** Box plots by arm, with the points: where the middle half lies, how far the rest reaches. Cold starts differ by shape. */
export const distributionChart = (request: DistributionRequest): DrawnChart => {
  const { id, title, measure, thing } = request;
  const arms = summariseArms(request.arms);
  return {
    id,
    title,
    spec: specOf(request, arms),
    readingSentence: sentenceOf(request, arms),
    altText: `Box plots with points of the ${measure.name}: ${
      arms.map((arm) => describe(arm, measure)).join('; ') || 'no data'
    }.`,
    table: {
      columns: [
        'arm',
        'n (warm)',
        ...['min', 'q1', 'median', '95 % interval of the median', 'q3', 'p95', 'max'].map((name) =>
          measure.unit === '' ? name : `${name} (${measure.unit})`,
        ),
        'cold',
        'failed',
      ],
      rows: arms.map(({ look, figures, median, cold, failed }) => [
        look.label,
        formatCount(figures?.n ?? 0),
        ...(figures === undefined
          ? Array.from({ length: 7 }, () => '–')
          : [
              ...[figures.min, figures.q1, figures.median].map(formatNumber),
              intervalText(median),
              ...[figures.q3, figures.p95, figures.max].map(formatNumber),
            ]),
        formatCount(cold.length),
        formatCount(failed),
      ]),
    },
  };

  function describe({ look, figures }: SummarisedArm, { unit }: Measure): string {
    return figures === undefined
      ? `${look.label} no data`
      : `${look.label} median ${formatQuantity(figures.median, unit)}, from ${formatQuantity(figures.min, unit)} to ${formatQuantity(figures.max, unit)}${figures.n === 1 ? `, a single ${thing}` : ''}`;
  }
};

const isEmpty = (arms: readonly SummarisedArm[]): boolean =>
  arms.every(({ warm, cold }) => warm.length + cold.length === 0);

const nothing = (thing: string): string => `no ${thing} was measured successfully`;

const pointsOf = (arms: readonly SummarisedArm[]) => {
  const groups = arms.flatMap(({ look, warm, cold }, lane) => [
    { series: look.label, lane, values: warm },
    { series: COLD, lane, values: cold },
  ]);
  const drawn = thinGroups(
    groups.map(({ values }) => values),
    MOST_POINTS,
  );
  return {
    total: groups.reduce((sum, { values }) => sum + values.length, 0),
    points: groups.flatMap(({ series, lane }, group) =>
      (drawn[group] ?? []).map((value, index) => ({
        series,
        value,
        lane: lane + POINTS.top + POINTS.height * spread(index),
      })),
    ),
  };
};

const boxesOf = (arms: readonly SummarisedArm[], unit: string) =>
  arms.flatMap(({ look, box }, lane) =>
    box === undefined
      ? []
      : [
          {
            series: look.label,
            low: box.whiskerLow,
            q1: box.q1,
            median: box.median,
            q3: box.q3,
            high: box.whiskerHigh,
            text: formatQuantity(box.median, unit),
            top: lane + BOX.top,
            middle: lane + (BOX.top + BOX.bottom) / 2,
            bottom: lane + BOX.bottom,
          },
        ],
  );

/** What stands in the place of a box that is not drawn. */
const remarksOf = (arms: readonly SummarisedArm[], thing: string) =>
  arms.flatMap(({ warm, cold, box, median }, lane) => {
    if (box !== undefined) return [];
    const needed = median.kind === 'too few' ? median.needed : 0;
    const text =
      warm.length + cold.length === 0
        ? 'no data'
        : `too few for a box: ${plural(warm.length, `warm ${thing}`)}, needs ${needed}`;
    return [{ lane: lane + (BOX.top + BOX.bottom) / 2, text }];
  });

function specOf({ title, lines = [], measure, thing }: DistributionRequest, arms: readonly SummarisedArm[]) {
  const about = countsOf(
    arms.map(({ look, warm, cold, failed }) => ({
      label: look.label,
      warm: warm.length,
      cold: cold.length,
      failed,
    })),
  );
  if (isEmpty(arms)) return noDataFramed(title, [...about, ...lines], nothing(thing));
  const { points, total } = pointsOf(arms);
  const boxes = boxesOf(arms, measure.unit);
  const hasCold = arms.some(({ cold }) => cold.length > 0);
  const looks = [...arms.map(({ look }) => look), ...(hasCold ? [COLD_LOOK] : [])];
  // Arms are named at the axis.
  const legend = hasCold ? { values: [COLD], symbolOpacity: 1 } : null;
  const scale = scaleFor(points.map(({ value }) => value));
  const x = {
    type: 'quantitative' as const,
    scale: { ...scale },
    axis: { title: axisTitle(measure.name, measure.unit, scale) },
  };
  const y = laneAxis(arms.map(({ look }) => look.label));
  const laneHeight = Math.max(LANE_PX.lowest, Math.min(LANE_PX.tallest, ALL_LANES_PX / arms.length));
  return framed(
    title,
    [
      ...about,
      `box: quartiles and median of warm ${thing}s; points: every ${thing}`,
      ...thinnedNote(points.length, total),
      ...notDrawableNote(arms.reduce((sum, { notDrawable }) => sum + notDrawable, 0)),
      ...lines,
    ],
    {
      heightPx: laneHeight * arms.length,
      layer: [
        {
          data: { values: points },
          mark: { type: 'point', filled: true, opacity: points.length > 500 ? 0.35 : 0.75, size: 56 },
          encoding: {
            x: { ...x, field: 'value' },
            y: { ...y, field: 'lane' },
            color: colourBySeries(looks, legend),
            shape: shapeBySeries(looks, legend),
          },
        },
        {
          data: { values: boxes },
          mark: { type: 'rule', color: INK, strokeWidth: 1.5 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y: { ...y, field: 'middle' } },
        },
        {
          data: { values: boxes },
          mark: { type: 'rect', ...OUTLINED },
          encoding: {
            x: { ...x, field: 'q1' },
            x2: { field: 'q3' },
            y: { ...y, field: 'top' },
            y2: { field: 'bottom' },
            color: colourBySeries(looks, legend),
          },
        },
        {
          data: { values: boxes },
          mark: { type: 'rule', color: INK, strokeWidth: 3 },
          encoding: { x: { ...x, field: 'median' }, y: { ...y, field: 'top' }, y2: { field: 'bottom' } },
        },
        {
          data: { values: boxes },
          mark: { type: 'text', dy: -8, fontSize: 12, fontWeight: 'bold', color: INK },
          encoding: {
            x: { ...x, field: 'median' },
            y: { ...y, field: 'top' },
            text: { field: 'text', type: 'nominal' },
          },
        },
        {
          data: { values: remarksOf(arms, thing) },
          mark: { type: 'text', align: 'left', x: 8, fontSize: 12, color: INK },
          encoding: { y: { ...y, field: 'lane' }, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}

function sentenceOf(
  { measure: { unit }, thing, remark = '' }: DistributionRequest,
  arms: readonly SummarisedArm[],
): string {
  if (isEmpty(arms)) return noDataSentence(nothing(thing));
  const said = arms.map(({ look, figures, box, median }) => {
    if (figures === undefined) return `${look.label}: no warm ${thing}`;
    const middle = `median ${formatQuantity(figures.median, unit)}`;
    return box === undefined || median.kind !== 'interval'
      ? `${look.label}: ${middle} of ${plural(figures.n, thing)}, too few for an interval`
      : `${look.label}: half of the ${thing}s lie between ${formatQuantity(box.q1, unit)} and ${formatQuantity(box.q3, unit)} (${middle}, 95 % interval ${intervalText(median)})`;
  });
  return paragraph(
    `${capitalise(said.join('; '))}.`,
    remark,
    `The thick line in a box is the median, the box holds the middle half, its lines reach to the last ${thing} within 1.5 box widths; every ${thing} is a point.`,
  );
}
