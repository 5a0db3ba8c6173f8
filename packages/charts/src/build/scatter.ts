import { summarise } from '@skyground/statistics';
import type { TopLevelSpec } from 'vega-lite';
import { isDrawable } from '../drawable.ts';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber, formatQuantity, labelOf, plural } from '../format.ts';
import { framed, noDataFramed, noDataSentence, thinnedNote } from '../framed.ts';
import { axisTitle, type NumberScale, scaleFor } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, QUIET_INK } from '../theme.ts';
import { MOST_POINTS, thinGroups } from '../thin.ts';
import { notDrawableNote } from './arm-values.ts';
import { type ArmLook, colourBySeries, looksOf, shapeBySeries } from './arms.ts';
import type { ScatterRequest } from './scatter-request.ts';

const HEIGHT_PX = 380;
/** Of the equal line, both axes being one. */
const SQUARE_PX = 440;

type Point = ScatterRequest['series'][number]['points'][number];

interface Series {
  readonly look: ArmLook;
  /** By x, then y. */
  readonly points: readonly Point[];
  /** Medians of both; undefined where there is no point. */
  readonly middle: Point | undefined;
}

/** One quantity against another, every measured thing a point: does it cost more where it gains more? */
export const scatterChart = (request: ScatterRequest): DrawnChart => {
  const { id, title, x, y, thing, remark = '', lines = [], equality } = request;
  const series = seriesOf(request);
  const given = request.series.reduce((sum, { points }) => sum + points.length, 0);
  const drawn = series.reduce((sum, { points }) => sum + points.length, 0);
  const notes = [...notDrawableNote(given - drawn), ...lines];
  const nothing = `no ${thing} has both`;
  const said = series.map(inWords).join('; ');
  const unitOf = ({ unit }: typeof x) => (unit === '' ? '' : ` (${unit})`);
  return {
    id,
    title,
    spec: drawn === 0 ? noDataFramed(title, notes, nothing) : specOf(request, series, notes),
    readingSentence:
      drawn === 0
        ? noDataSentence(nothing)
        : paragraph(`${capitalise(said)}.`, remark, `Every ${thing} is a point.`, aboveSentence()),
    altText: `Scatter plot of the ${y.name} against the ${x.name}: ${drawn === 0 ? 'no data' : said}.`,
    table: {
      columns: ['series', 'n', `median ${x.name}${unitOf(x)}`, `median ${y.name}${unitOf(y)}`],
      rows: series.map(({ look, points, middle }) => [
        look.label,
        formatCount(points.length),
        ...(['x', 'y'] as const).map((axis) => (middle === undefined ? '–' : formatNumber(middle[axis]))),
      ]),
    },
  };

  function inWords({ look, points, middle }: Series): string {
    if (middle === undefined) return `${look.label}: no ${thing}`;
    return `${look.label}: ${plural(points.length, thing)}, median ${x.name} ${formatQuantity(middle.x, x.unit)}, median ${y.name} ${formatQuantity(middle.y, y.unit)}`;
  }

  function aboveSentence(): string {
    if (equality === undefined) return '';
    const above = series.reduce(
      (sum, { points }) => sum + points.filter((point) => point.y > point.x).length,
      0,
    );
    return `On the dashed line both are equal (${labelOf(equality, 'equal')}); ${formatCount(above)} of ${plural(drawn, thing)} lie above it.`;
  }
};

const seriesOf = ({ series }: ScatterRequest): readonly Series[] => {
  const looks = looksOf(series.map(({ arm }) => arm));
  return series.flatMap(({ points: given }, index) => {
    const look = looks[index];
    if (look === undefined) return [];
    const points = given
      .filter((point) => isDrawable(point.x) && isDrawable(point.y))
      .toSorted((a, b) => a.x - b.x || a.y - b.y);
    const [xs, ys] = [summarise(points.map((point) => point.x)), summarise(points.map((point) => point.y))];
    const middle =
      xs.kind === 'summary' && ys.kind === 'summary' ? { x: xs.median, y: ys.median } : undefined;
    return [{ look, points, middle }];
  });
};

function specOf(
  { title, x, y, equality }: ScatterRequest,
  series: readonly Series[],
  notes: readonly string[],
): TopLevelSpec {
  const thinned = thinGroups(
    series.map(({ points }) => points),
    MOST_POINTS,
  );
  const values = series.flatMap(({ look }, index) =>
    (thinned[index] ?? []).map((point) => ({ series: look.label, x: point.x, y: point.y })),
  );
  const total = series.reduce((sum, { points }) => sum + points.length, 0);
  const [xs, ys] = [values.map((value) => value.x), values.map((value) => value.y)];
  const both = [...xs, ...ys];
  const [xScale, yScale] =
    equality === undefined ? [scaleFor(xs), scaleFor(ys)] : [scaleFor(both), scaleFor(both)];
  const channels = {
    x: channel('x', x, xScale),
    y: channel('y', y, yScale),
  };
  const looks = series.filter(({ points }) => points.length > 0).map(({ look }) => look);
  const legend = looks.length > 1 ? { symbolOpacity: 1, columns: 3 } : null;
  return framed(title, [...thinnedNote(values.length, total), ...notes], {
    heightPx: equality === undefined ? HEIGHT_PX : SQUARE_PX,
    ...(equality === undefined ? {} : { widthPx: SQUARE_PX }),
    layer: [
      ...(equality === undefined ? [] : equalLine(xScale, labelOf(equality, 'equal'), channels)),
      {
        data: { values },
        mark: { type: 'point', filled: true, size: 48, opacity: values.length > 500 ? 0.4 : 0.75 },
        encoding: {
          ...channels,
          color: colourBySeries(looks, legend),
          shape: shapeBySeries(looks, legend),
        },
      },
    ],
  });
}

const channel = (field: 'x' | 'y', measure: ScatterRequest['x'], scale: NumberScale) => ({
  field,
  type: 'quantitative' as const,
  scale: { ...scale },
  axis: {
    title: axisTitle(measure.name, measure.unit, scale),
    tickCount: 6,
    ...(scale.type === 'log' ? { format: '~r' } : {}),
  },
});

const equalLine = (
  { domain: [low, high] }: NumberScale,
  text: string,
  channels: { readonly x: ReturnType<typeof channel>; readonly y: ReturnType<typeof channel> },
) => [
  {
    data: { values: [{ x: low, y: low, x2: high, y2: high }] },
    mark: { type: 'rule' as const, color: INK, strokeWidth: 1.4, strokeDash: [6, 4] },
    encoding: { ...channels, x2: { field: 'x2' }, y2: { field: 'y2' } },
  },
  {
    data: { values: [{ x: high, y: high, text }] },
    mark: { type: 'text' as const, align: 'right' as const, dx: -14, dy: 4, fontSize: 12, color: QUIET_INK },
    encoding: { ...channels, text: { field: 'text', type: 'nominal' as const } },
  },
];
