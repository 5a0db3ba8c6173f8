import type { Chart, ChartInput } from '../chart.ts';
import { formatMs, formatNumber } from '../format.ts';
import { frame, NO_ROWS, noDataSentence, noDataSpec } from '../frame.ts';
import { linearScale } from '../scale.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { CONFIDENCE_PERCENT, type SideSummary, summariseBoth } from '../summary.ts';
import { INK, OUTLINED, SIDE_STYLE } from '../theme.ts';

const TITLE = 'Average processing time per image';

/** Without an interval the whisker has no length and is not drawn. */
const whiskerOf = (summary: SideSummary | undefined): { readonly low: number; readonly high: number } => {
  const mean = summary?.figures.mean ?? 0;
  const interval = summary?.meanInterval;
  return interval?.kind === 'interval'
    ? { low: interval.low, high: interval.high }
    : { low: mean, high: mean };
};

const intervalText = ({ meanInterval }: SideSummary): string =>
  meanInterval.kind === 'interval'
    ? `${formatNumber(meanInterval.low)} to ${formatNumber(meanInterval.high)}`
    : `too few (needs ${meanInterval.needed})`;

const bars = (input: ChartInput) =>
  summariseBoth(input).map(({ side, label, summary }) => ({
    label,
    side,
    mean: summary?.figures.mean ?? 0,
    ...whiskerOf(summary),
    text: summary === undefined ? 'no data' : formatMs(summary.figures.mean),
  }));

const spec: Chart['spec'] = (input) => {
  const values = bars(input);
  if (summariseBoth(input).every(({ summary }) => summary === undefined))
    return noDataSpec(input, TITLE, NO_ROWS);
  const y = {
    field: 'label',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, ticks: false, domain: false, labelFontSize: 13 },
  };
  // Room for the value to the right of the longest bar.
  const scale = linearScale(
    values.map(({ high }) => high),
    0.18,
  );
  const x = {
    field: 'mean',
    type: 'quantitative' as const,
    scale,
    axis: { title: 'mean processing time (ms)' },
  };
  const whisker = { color: INK, strokeWidth: 2 };
  const interval = { ...x, field: 'low' };
  const withInterval = [{ filter: 'datum.high > datum.low' }];
  return frame(input, TITLE, {
    heightPx: 170,
    notes: [`whiskers: ${CONFIDENCE_PERCENT} % bootstrap interval of the mean, warm images only`],
    layer: [
      {
        data: { values },
        mark: { type: 'bar', height: 46, ...OUTLINED },
        encoding: {
          x,
          y,
          color: {
            field: 'side',
            type: 'nominal',
            legend: null,
            scale: { domain: [...SIDES], range: SIDES.map((side) => SIDE_STYLE[side].colour) },
          },
        },
      },
      {
        data: { values },
        transform: withInterval,
        mark: { type: 'rule', ...whisker },
        encoding: { x: interval, x2: { field: 'high' }, y },
      },
      ...(['low', 'high'] as const).map((field) => ({
        data: { values },
        transform: withInterval,
        mark: { type: 'tick' as const, thickness: 2, size: 16, color: INK },
        encoding: { x: { ...x, field }, y },
      })),
      {
        data: { values },
        mark: { type: 'text', align: 'left', dx: 9, fontSize: 13, fontWeight: 'bold', color: INK },
        encoding: { x: { ...x, field: 'high' }, y, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
};

const readingSentence: Chart['readingSentence'] = (input) => {
  const sides = summariseBoth(input);
  if (sides.every(({ summary }) => summary === undefined)) return noDataSentence(NO_ROWS);
  const means = sides.map(({ label, summary }) =>
    summary === undefined ? `${label}: no warm image` : `${label}: ${formatMs(summary.figures.mean)}`,
  );
  return `Mean of the warm images, ${means.join('; ')}. Shorter is faster. The whiskers show how far the mean would move with other images of the same kind; a few slow images pull a mean, so read it together with the distribution.`;
};

export const averageChart: Chart = {
  id: 'average-processing-time',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) =>
    `Bar chart of the mean processing time: ${summariseBoth(input)
      .map(
        ({ label, summary }) =>
          `${label} ${summary === undefined ? 'no data' : formatMs(summary.figures.mean)}`,
      )
      .join(', ')}.`,
  table: (input) => ({
    columns: [
      'side',
      'n (warm)',
      'mean (ms)',
      `${CONFIDENCE_PERCENT} % interval (ms)`,
      'standard deviation (ms)',
    ],
    rows: SIDES.map((side, index) => {
      const summary = summariseBoth(input)[index]?.summary;
      if (summary === undefined) return [sideLabel(side, input), '0', '–', '–', '–'];
      const { n, mean, standardDeviation } = summary.figures;
      return [
        sideLabel(side, input),
        String(n),
        formatNumber(mean),
        intervalText(summary),
        standardDeviation === null ? 'too few' : formatNumber(standardDeviation),
      ];
    }),
  }),
};
