import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber } from '../format.ts';
import { framed, noDataFramed, noDataSentence, thinnedNote } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { axisTitle, linearScale } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, OUTLINED } from '../theme.ts';
import { MOST_POINTS, thinGroups } from '../thin.ts';
import { confidenceText, intervalText, notDrawableNote } from './arm-values.ts';
import { type ArmLook, colourBySeries } from './arms.ts';
import { figureText, whiskerLayers, whiskerOf } from './bar-figures.ts';
import { type BarGroup, barGroupsOf, type GroupedBarsRequest } from './grouped-bars-rows.ts';

const NOTHING = 'none of the figures was measured';
const ROW_PX = { bar: 22, least: 6, groupGap: 16 } as const;
/** Of its row, a bar takes this much. */
const BAR = 0.78;
/** Points lie below the middle of a bar and whiskers above it, neither on the other. */
const OFF_MIDDLE = 0.2;
const ALL_ROWS_PX = 1_200;

/** A figure of several arms in several groups: cold and warm, or branch by branch. */
export const groupedBarsChart = (request: GroupedBarsRequest): DrawnChart => {
  const { id, title, measure, statistic, lines = [], remark = '' } = request;
  const { groups, looks, notDrawable } = barGroupsOf(request);
  const bars = groups.flatMap((group) => group.bars.map((bar) => ({ group: group.label, ...bar })));
  const isEmpty = bars.every(({ value, values }) => value === null && values.length === 0);
  const quantity = [statistic, measure.name].filter((part) => part !== '').join(' ');
  const confidence = confidenceText(bars.find(({ result }) => result?.kind === 'interval')?.result);
  const hasIntervals = bars.some(({ result }) => result?.kind === 'interval');
  const few = bars.filter(({ result }) => result?.kind === 'too few').length;
  const said = groups
    .map(
      (group) =>
        `${group.label}: ${group.bars.map(({ look, value }) => `${look.label} ${figureText(value, measure.unit)}`).join(', ')}`,
    )
    .join('; ');
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  const notes = [
    ...(hasIntervals ? [`whiskers: ${confidence}`] : []),
    ...notDrawableNote(notDrawable),
    ...lines,
  ];
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, notes, NOTHING) : specOf(request, groups, looks, quantity, notes),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(
          `${capitalise(quantity)}, ${said}.`,
          remark,
          bars.some(({ values }) => values.length > 0) ? 'Every measured value is a point on its bar.' : '',
          few > 0
            ? `${formatCount(few)} of ${formatCount(bars.length)} figures have too few values for an interval.`
            : '',
        ),
    altText: `Grouped bar chart of the ${quantity}: ${isEmpty ? 'no data' : said}.`,
    table: {
      columns: ['group', 'arm', 'n', `${quantity}${unit}`, `${confidence}${unit}`, `least to largest${unit}`],
      rows: bars.map(({ group, look, value, result, values }) => [
        group,
        look.label,
        result === undefined ? '–' : formatCount(result.n),
        value === null ? '–' : formatNumber(value),
        result === undefined ? '–' : intervalText(result),
        rangeText(values),
      ]),
    },
  };
};

const rangeText = (values: readonly number[]): string => {
  const [least, largest] = [values[0], values.at(-1)];
  return least === undefined || largest === undefined
    ? '–'
    : `${formatNumber(least)} to ${formatNumber(largest)}`;
};

function specOf(
  { title, measure }: GroupedBarsRequest,
  groups: readonly BarGroup[],
  looks: readonly ArmLook[],
  quantity: string,
  notes: readonly string[],
) {
  const rowPx = Math.max(
    ROW_PX.least,
    Math.min(ROW_PX.bar, ALL_ROWS_PX / (groups.length * looks.length) - ROW_PX.groupGap / looks.length),
  );
  const groupPx = looks.length * rowPx + ROW_PX.groupGap;
  const bars = groups.flatMap((group, lane) =>
    group.bars.map((bar) => ({
      ...bar,
      ...whiskerOf(bar),
      lane: lane + ((bar.place + 0.5 - looks.length / 2) * rowPx) / groupPx,
    })),
  );
  const rows = bars.map(({ look, lane, value, high, values }) => ({
    series: look.label,
    lane,
    from: 0,
    value: value ?? 0,
    end: Math.max(0, value ?? 0, high, values.at(-1) ?? 0),
    text: figureText(value, measure.unit),
  }));
  const thinned = thinGroups(
    bars.map(({ values }) => values),
    MOST_POINTS,
  );
  const offMiddle = (OFF_MIDDLE * rowPx) / groupPx;
  const points = bars.flatMap(({ lane }, index) =>
    (thinned[index] ?? []).map((value) => ({ lane: lane + offMiddle, value })),
  );
  const whiskers = bars.map(({ lane, low, high }) => ({ lane: lane - offMiddle, low, high }));
  const total = bars.reduce((sum, { values }) => sum + values.length, 0);
  // Room for the value to the right of the longest bar.
  const scale = linearScale(
    bars.flatMap(({ low, high, value, values }) => [low, high, value ?? 0, ...values]),
    0.2,
  );
  const x = {
    type: 'quantitative' as const,
    scale,
    axis: { title: axisTitle(quantity, measure.unit, scale) },
  };
  const y = { ...laneAxis(groups.map(({ label }) => label)), field: 'lane' };
  return framed(title, [...thinnedNote(points.length, total), ...notes], {
    heightPx: groups.length * groupPx,
    layer: [
      {
        data: { values: rows },
        mark: { type: 'bar', orient: 'horizontal', height: rowPx * BAR, ...OUTLINED },
        encoding: {
          x: { ...x, field: 'from' },
          x2: { field: 'value' },
          y,
          color: colourBySeries(looks, {
            symbolType: 'square',
            symbolStrokeColor: '#333333',
            symbolStrokeWidth: 1,
          }),
        },
      },
      {
        data: { values: points },
        mark: {
          type: 'point',
          shape: 'circle',
          size: 16,
          fill: '#ffffff',
          stroke: INK,
          strokeWidth: 0.8,
          opacity: points.length > 500 ? 0.35 : 0.75,
        },
        encoding: { x: { ...x, field: 'value' }, y },
      },
      ...whiskerLayers(whiskers, x, y, rowPx * 0.36),
      {
        data: { values: rows },
        mark: { type: 'text', align: 'left', dx: 8, fontSize: Math.min(12, rowPx), color: INK },
        encoding: { x: { ...x, field: 'end' }, y, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
}
