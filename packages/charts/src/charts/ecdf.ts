import type { Chart, ChartInput } from '../chart.ts';
import { formatMs, formatNumber, plural } from '../format.ts';
import { frame, NO_ROWS, noDataSentence, noDataSpec, thinnedNote } from '../frame.ts';
import { coldRows, warmRows } from '../rows.ts';
import { aboveZero, axisTitle, logScale } from '../scale.ts';
import { capitalise } from '../sentence.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { type SideSummary, summariseBoth } from '../summary.ts';
import { COLD_COLOUR, COLD_SHAPE, SIDE_STYLE } from '../theme.ts';
import { MOST_POINTS, thin } from '../thin.ts';

const TITLE = 'Share of images finished within a time';

interface Step {
  readonly side: string;
  readonly ms: number;
  /** Share of images that took at most this long, in percent. */
  readonly percent: number;
}

const stepsOf = (input: ChartInput): readonly Step[] =>
  SIDES.flatMap((side) => {
    const times = warmRows(input, side)
      .map((row) => aboveZero(row.processingTimeMs))
      .sort((a, b) => a - b);
    const label = sideLabel(side, input);
    const steps = times.map((ms, index) => ({
      side: label,
      ms,
      percent: (100 * (index + 1)) / times.length,
    }));
    return times[0] === undefined ? [] : [{ side: label, ms: times[0], percent: 0 }, ...steps];
  });

const spec: Chart['spec'] = (input) => {
  const all = stepsOf(input);
  const steps = SIDES.flatMap((side) =>
    thin(
      all.filter((step) => step.side === sideLabel(side, input)),
      MOST_POINTS / SIDES.length,
    ),
  );
  const cold = SIDES.flatMap((side) =>
    thin(
      coldRows(input, side).map((row) => ({
        side: 'cold start',
        ms: aboveZero(row.processingTimeMs),
        percent: 0,
      })),
      MOST_POINTS / SIDES.length,
    ),
  );
  if (steps.length + cold.length === 0) return noDataSpec(input, TITLE, NO_ROWS);
  const labels = SIDES.map((side) => sideLabel(side, input)).filter((label) =>
    steps.some(({ side }) => side === label),
  );
  const looks = SIDES.filter((side) => labels.includes(sideLabel(side, input))).map(
    (side) => SIDE_STYLE[side],
  );
  const scale = logScale([...steps, ...cold].map(({ ms }) => ms));
  const x = {
    field: 'ms',
    type: 'quantitative' as const,
    scale: { ...scale },
    axis: { title: axisTitle('processing time', 'ms', scale), tickCount: 8, format: '~r' },
  };
  const y = {
    field: 'percent',
    type: 'quantitative' as const,
    scale: { domain: [0, 100] },
    axis: { title: 'images within this time (%)', values: [0, 25, 50, 75, 100] },
  };
  return frame(input, TITLE, {
    heightPx: 300,
    ownLegendForShapes: true,
    notes: thinnedNote(steps.length, all.length),
    layer: [
      {
        data: { values: [...steps] },
        mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2.5 },
        encoding: {
          x,
          y,
          color: {
            field: 'side',
            type: 'nominal',
            scale: { domain: labels, range: looks.map(({ colour }) => colour) },
            legend: { symbolSize: 700, symbolStrokeWidth: 2.5 },
          },
          strokeDash: {
            field: 'side',
            type: 'nominal',
            scale: { domain: labels, range: looks.map(({ dash }) => [...dash]) },
          },
        },
      },
      {
        data: { values: cold },
        mark: { type: 'point', filled: true, opacity: 1, size: 80, color: COLD_COLOUR },
        encoding: {
          x,
          y,
          shape: {
            field: 'side',
            type: 'nominal',
            scale: { domain: ['cold start'], range: [COLD_SHAPE] },
            ...(cold.length > 0 ? { legend: { symbolFillColor: COLD_COLOUR } } : { legend: null }),
          },
        },
      },
    ],
  });
};

const quantilesOf = ({ figures: { median, p95, max } }: SideSummary): string[] =>
  [median, p95, max].map(formatNumber);

const readingSentence: Chart['readingSentence'] = (input) => {
  const sides = summariseBoth(input);
  const cold = SIDES.reduce((sum, side) => sum + coldRows(input, side).length, 0);
  if (cold === 0 && sides.every(({ summary }) => summary === undefined)) return noDataSentence(NO_ROWS);
  const within = sides.map(({ label, summary }) =>
    summary === undefined
      ? `${label}: no warm image`
      : `${label}: half within ${formatMs(summary.figures.median)} and 95 % within ${formatMs(summary.figures.p95)}`,
  );
  const marked =
    cold > 0 ? ` The curves hold warm images; ${plural(cold, 'cold start')} are marked on the axis.` : '';
  return `${capitalise(within.join('; '))}. The curve further left is the faster side; where the curves cross, neither side is faster for every image.${marked}`;
};

export const ecdfChart: Chart = {
  id: 'ecdf',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) =>
    `Cumulative distribution of the processing time on a logarithmic axis: ${summariseBoth(input)
      .map(({ label, summary }) =>
        summary === undefined ? `${label} no data` : `${label} median ${formatMs(summary.figures.median)}`,
      )
      .join(', ')}.`,
  table: (input) => ({
    columns: ['side', 'n (warm)', '50 % within (ms)', '95 % within (ms)', 'all within (ms)'],
    rows: summariseBoth(input).map(({ label, summary }) =>
      summary === undefined
        ? [label, '0', '–', '–', '–']
        : [label, String(summary.figures.n), ...quantilesOf(summary)],
    ),
  }),
};
