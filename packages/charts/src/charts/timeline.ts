import type { Chart, ChartInput } from '../chart.ts';
import { formatNumber, formatSeconds, plural } from '../format.ts';
import { frame, NO_ROWS, noDataSpec } from '../frame.ts';
import { noDataSentence } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { capitalise } from '../sentence.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { COLD_COLOUR, COLD_SHAPE, SIDE_STYLE } from '../theme.ts';
import { MOST_POINTS, thin } from '../thin.ts';
import { timelineOf } from '../timeline-rows.ts';

const TITLE = 'Timeline of every image';
const INIT = 'init (cold start)';
const COLD = 'cold start';

const TALLEST_PX = 640;

const spec: Chart['spec'] = (input) => {
  const { lanes, occupations } = timelineOf(input);
  if (occupations.length === 0) return noDataSpec(input, TITLE, NO_ROWS);
  const drawn = thin(occupations, MOST_POINTS);
  const laneHeightPx = Math.min(30, TALLEST_PX / lanes.length);
  const bars = drawn.map(({ side, lane, startS, endS }) => ({
    part: sideLabel(side, input),
    lane,
    fromS: startS,
    toS: endS,
  }));
  const inits = drawn
    .filter(({ initStartS, startS }) => initStartS < startS)
    .map(({ lane, initStartS, startS }) => ({ part: INIT, lane, fromS: initStartS, toS: startS }));
  const cold = drawn
    .filter(({ cold }) => cold)
    .map(({ lane, startS }) => ({ part: COLD, lane, fromS: startS }));
  const colours = [
    ...SIDES.filter((side) => lanes.some((lane) => lane.side === side)).map((side) => ({
      label: sideLabel(side, input),
      colour: SIDE_STYLE[side].colour,
    })),
    ...(inits.length > 0 ? [{ label: INIT, colour: COLD_COLOUR }] : []),
  ];
  const labels = lanes.map(({ label }) => label);
  const x = {
    field: 'fromS',
    type: 'quantitative' as const,
    axis: { title: "time since the side's first image was handed over (s)" },
  };
  const y = { ...laneAxis(labels, 'workers and environments'), field: 'lane' };
  const height = Math.max(1, laneHeightPx * 0.72);
  return frame(input, TITLE, {
    heightPx: Math.max(60, laneHeightPx * lanes.length),
    ownLegendForShapes: true,
    notes: [
      'one lane per worker or environment; the two sides ran one after the other and each starts at 0',
      ...(drawn.length < occupations.length
        ? [`${plural(drawn.length, 'image')} of ${occupations.length.toLocaleString('en-US')} drawn`]
        : []),
    ],
    layer: [
      {
        data: { values: [...bars, ...inits] },
        mark: {
          type: 'bar',
          orient: 'horizontal',
          height,
          stroke: '#ffffff',
          strokeWidth: drawn.length > 500 ? 0 : 1,
        },
        encoding: {
          x,
          x2: { field: 'toS' },
          y,
          color: {
            field: 'part',
            type: 'nominal',
            scale: { domain: colours.map(({ label }) => label), range: colours.map(({ colour }) => colour) },
          },
        },
      },
      {
        data: { values: cold },
        mark: {
          type: 'point',
          filled: true,
          size: 90,
          opacity: 1,
          fill: COLD_COLOUR,
          stroke: '#ffffff',
          strokeWidth: 1,
        },
        encoding: {
          x,
          y,
          shape: {
            field: 'part',
            type: 'nominal',
            scale: { domain: [COLD], range: [COLD_SHAPE] },
            ...(cold.length > 0 ? { legend: { symbolFillColor: COLD_COLOUR } } : { legend: null }),
          },
        },
      },
    ],
  });
};

const perSide = (input: ChartInput) => {
  const { lanes, occupations } = timelineOf(input);
  return SIDES.map((side) => {
    const own = occupations.filter((one) => one.side === side);
    return {
      label: sideLabel(side, input),
      images: own.length,
      lanes: lanes.filter((lane) => lane.side === side).length,
      lastS: own.reduce((last, { endS }) => Math.max(last, endS), 0),
      cold: own.filter(({ cold }) => cold).length,
    };
  });
};

const rate = ({ images, lastS }: { readonly images: number; readonly lastS: number }): string =>
  lastS > 0 ? ` (${formatNumber(images / lastS)} images/s)` : '';

const readingSentence: Chart['readingSentence'] = (input) => {
  const sides = perSide(input);
  if (sides.every(({ images }) => images === 0)) return noDataSentence(NO_ROWS);
  const spans = sides.map((one) =>
    one.images === 0
      ? `${one.label} processed no image`
      : `${one.label} finished ${plural(one.images, 'image')} in ${formatSeconds(one.lastS)} on ${plural(one.lanes, 'lane')}${rate(one)}`,
  );
  return `${capitalise(spans.join('; '))}. A bar is one image being worked on, transfer included; gaps are waiting. Diamonds mark cold starts. The last bar's end, not the sum of the bars, is how long a side took.`;
};

export const timelineChart: Chart = {
  id: 'timeline',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) =>
    `Gantt chart of every image: ${perSide(input)
      .map(({ label, images, lanes, lastS, cold }) =>
        images === 0
          ? `${label} no data`
          : `${label} ${plural(images, 'image')} on ${plural(lanes, 'lane')} in ${formatSeconds(lastS)}, ${plural(cold, 'cold start')}`,
      )
      .join('; ')}.`,
  table: (input) => ({
    columns: [
      'side',
      'images',
      'workers or environments',
      'cold starts',
      'first to last (s)',
      'images per second',
    ],
    rows: perSide(input).map(({ label, images, lanes, cold, lastS }) => [
      label,
      String(images),
      String(lanes),
      String(cold),
      images === 0 ? '–' : formatNumber(lastS),
      lastS > 0 ? formatNumber(images / lastS) : '–',
    ]),
  }),
};
