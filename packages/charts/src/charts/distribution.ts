import type { Chart, ChartInput } from '../chart.ts';
import { formatMs, formatNumber } from '../format.ts';
import { frame, NO_ROWS, noDataSentence, noDataSpec, thinnedNote } from '../frame.ts';
import { laneLabels, laneNumbers } from '../lanes.ts';
import { pairedSentence } from '../paired-sentence.ts';
import { measuredRows } from '../rows.ts';
import { aboveZero, axisTitle, scaleFor } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { seriesEncoding, seriesOf } from '../series.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { summariseBoth } from '../summary.ts';
import { INK, OUTLINED, SIDE_STYLE } from '../theme.ts';
import { MOST_POINTS, thin } from '../thin.ts';

const TITLE = 'Distribution of processing time';

/** A lane is one unit high: the box above its middle, the points below it. */
const BOX = { top: -0.36, bottom: -0.02 } as const;
const POINTS = { top: 0.1, height: 0.3 } as const;

/** Spreads neighbours far apart without randomness: multiples of the golden ratio. */
const spread = (index: number): number => (index * 0.618_033_988_75) % 1;

const pointsOf = (input: ChartInput) => {
  const series = seriesOf(input);
  const total = series.reduce((sum, { rows }) => sum + rows.length, 0);
  return series.flatMap(({ label, side, rows }) => {
    const byTime = [...rows].sort((a, b) => a.processingTimeMs - b.processingTimeMs);
    const share = Math.max(2, Math.floor((MOST_POINTS * rows.length) / total));
    return thin(byTime, share).map((row, index) => ({
      series: label,
      ms: aboveZero(row.processingTimeMs),
      lane: SIDES.indexOf(side) + POINTS.top + POINTS.height * spread(index),
    }));
  });
};

const boxesOf = (input: ChartInput) =>
  summariseBoth(input).flatMap(({ side, summary }, lane) =>
    summary === undefined
      ? []
      : [
          {
            side,
            low: aboveZero(summary.box.whiskerLow),
            q1: aboveZero(summary.box.q1),
            median: aboveZero(summary.box.median),
            q3: aboveZero(summary.box.q3),
            high: aboveZero(summary.box.whiskerHigh),
            text: formatMs(summary.box.median),
            top: lane + BOX.top,
            middle: lane + (BOX.top + BOX.bottom) / 2,
            bottom: lane + BOX.bottom,
          },
        ],
  );

const spec: Chart['spec'] = (input) => {
  const points = pointsOf(input);
  if (points.length === 0) return noDataSpec(input, TITLE, NO_ROWS);
  const boxes = boxesOf(input);
  const empty = SIDES.flatMap((side, lane) =>
    measuredRows(input, side).length === 0 ? [{ lane, text: 'no data' }] : [],
  );
  const labels = SIDES.map((side) => sideLabel(side, input));
  const scale = scaleFor(points.map(({ ms }) => ms));
  const x = {
    type: 'quantitative' as const,
    scale: { ...scale },
    axis: { title: axisTitle('processing time', 'ms', scale) },
  };
  const y = {
    type: 'quantitative' as const,
    scale: { domain: [labels.length - 0.5, -0.5], nice: false, zero: false },
    axis: {
      title: null,
      values: laneNumbers(labels),
      labelExpr: laneLabels(labels),
      grid: false,
      ticks: false,
      domain: false,
      labelFontSize: 13,
    },
  };
  const total = seriesOf(input).reduce((sum, { rows }) => sum + rows.length, 0);
  return frame(input, TITLE, {
    heightPx: 260,
    notes: [
      'box: quartiles and median of warm images; points: every image',
      ...thinnedNote(points.length, total),
    ],
    layer: [
      {
        data: { values: points },
        mark: { type: 'point', filled: true, opacity: points.length > 500 ? 0.35 : 0.75, size: 56 },
        encoding: {
          x: { ...x, field: 'ms' },
          y: { ...y, field: 'lane' },
          ...seriesEncoding(seriesOf(input)),
        },
      },
      {
        data: { values: boxes },
        mark: { type: 'rule', color: INK, strokeWidth: 1.5 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y: { ...y, field: 'middle' } },
      },
      ...SIDES.map((side) => ({
        data: { values: boxes.filter((box) => box.side === side) },
        mark: { type: 'rect' as const, color: SIDE_STYLE[side].colour, ...OUTLINED },
        encoding: {
          x: { ...x, field: 'q1' },
          x2: { field: 'q3' },
          y: { ...y, field: 'top' },
          y2: { field: 'bottom' },
        },
      })),
      {
        data: { values: boxes },
        mark: { type: 'rule', color: INK, strokeWidth: 3 },
        encoding: { x: { ...x, field: 'median' }, y: { ...y, field: 'top' }, y2: { field: 'bottom' } },
      },
      {
        data: { values: empty },
        mark: { type: 'text', align: 'left', x: 8, fontSize: 12, color: INK },
        encoding: { y: { ...y, field: 'lane' }, text: { field: 'text', type: 'nominal' } },
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
    ],
  });
};

const readingSentence: Chart['readingSentence'] = (input) => {
  if (seriesOf(input).length === 0) return noDataSentence(NO_ROWS);
  const halves = summariseBoth(input).map(({ label, summary }) =>
    summary === undefined
      ? `${label}: no warm image`
      : `${label}: half of the images took between ${formatMs(summary.box.q1)} and ${formatMs(summary.box.q3)} (median ${formatMs(summary.box.median)})`,
  );
  return paragraph(
    `${capitalise(halves.join('; '))}.`,
    pairedSentence(input),
    'The thick line in a box is the median, the box holds the middle half, its lines reach to the last image within 1.5 box widths; every image is a point.',
  );
};

export const distributionChart: Chart = {
  id: 'distribution',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) =>
    `Box plots with points of the processing time: ${summariseBoth(input)
      .map(({ label, summary }) =>
        summary === undefined
          ? `${label} no data`
          : `${label} median ${formatMs(summary.figures.median)}, from ${formatMs(summary.figures.min)} to ${formatMs(summary.figures.max)}`,
      )
      .join('; ')}.`,
  table: (input) => ({
    columns: ['side', 'n (warm)', 'min (ms)', 'q1 (ms)', 'median (ms)', 'q3 (ms)', 'p95 (ms)', 'max (ms)'],
    rows: summariseBoth(input).map(({ label, summary }) => {
      if (summary === undefined) return [label, '0', ...Array.from({ length: 6 }, () => '–')];
      const { n, min, q1, median, q3, p95, max } = summary.figures;
      return [label, String(n), ...[min, q1, median, q3, p95, max].map(formatNumber)];
    }),
  }),
};
