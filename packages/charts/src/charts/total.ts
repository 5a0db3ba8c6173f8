import type { Chart, ChartInput } from '../chart.ts';
import { formatCount, formatNumber, formatSeconds, plural } from '../format.ts';
import { frame, NO_ROWS, noDataSpec } from '../frame.ts';
import { noDataSentence } from '../framed.ts';
import { coldRows, type MeasuredRow, warmRows } from '../rows.ts';
import { linearScale } from '../scale.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { COLD_COLOUR, INK, OUTLINED, SIDE_STYLE } from '../theme.ts';

const TITLE = 'Total processing time';

const seconds = (rows: readonly MeasuredRow[]): number =>
  rows.reduce((sum, row) => sum + row.processingTimeMs, 0) / 1_000;

const totals = (input: ChartInput) =>
  SIDES.map((side) => {
    const warm = warmRows(input, side);
    const cold = coldRows(input, side);
    return {
      side,
      label: sideLabel(side, input),
      warmCount: warm.length,
      coldCount: cold.length,
      warmS: seconds(warm),
      coldS: seconds(cold),
    };
  });

const describe = ({ warmCount, coldCount, warmS, coldS }: ReturnType<typeof totals>[number]): string =>
  warmCount + coldCount === 0
    ? 'no data'
    : `${formatSeconds(warmS + coldS)} in ${plural(warmCount + coldCount, 'image')}`;

const spec: Chart['spec'] = (input) => {
  const sides = totals(input);
  if (sides.every(({ warmCount, coldCount }) => warmCount + coldCount === 0))
    return noDataSpec(input, TITLE, NO_ROWS);
  const anyCold = sides.some(({ coldCount }) => coldCount > 0);
  const segments = sides.flatMap(({ label, side, warmS, coldS }) => [
    { label, part: sideLabel(side, input), fromS: 0, toS: warmS },
    ...(coldS > 0 ? [{ label, part: 'cold start', fromS: warmS, toS: warmS + coldS }] : []),
  ]);
  const ends = sides.map((one) => ({ label: one.label, endS: one.warmS + one.coldS, text: describe(one) }));
  const y = {
    field: 'label',
    type: 'nominal' as const,
    sort: null,
    axis: { title: null, ticks: false, domain: false, labelFontSize: 13 },
  };
  // Room for the value to the right of the longest bar.
  const scale = linearScale(
    ends.map(({ endS }) => endS),
    0.34,
  );
  const x = {
    type: 'quantitative' as const,
    scale,
    axis: { title: 'sum of processing times (s)' },
  };
  return frame(input, TITLE, {
    heightPx: 150,
    notes: ['work done, not time waited: images processed side by side all count'],
    layer: [
      {
        data: { values: segments },
        mark: { type: 'bar', height: 46, ...OUTLINED },
        encoding: {
          x: { ...x, field: 'fromS' },
          x2: { field: 'toS' },
          y,
          color: {
            field: 'part',
            type: 'nominal',
            scale: {
              domain: [...SIDES.map((side) => sideLabel(side, input)), ...(anyCold ? ['cold start'] : [])],
              range: [...SIDES.map((side) => SIDE_STYLE[side].colour), ...(anyCold ? [COLD_COLOUR] : [])],
            },
            ...(anyCold ? {} : { legend: null }),
          },
        },
      },
      {
        data: { values: ends },
        mark: { type: 'text', align: 'left', dx: 8, fontSize: 13, fontWeight: 'bold', color: INK },
        encoding: { x: { ...x, field: 'endS' }, y, text: { field: 'text', type: 'nominal' } },
      },
    ],
  });
};

const readingSentence: Chart['readingSentence'] = (input) => {
  const sides = totals(input);
  if (sides.every(({ warmCount, coldCount }) => warmCount + coldCount === 0)) return noDataSentence(NO_ROWS);
  const counts = new Set(sides.map(({ warmCount }) => warmCount));
  const unequal =
    counts.size > 1
      ? ' The sides processed different numbers of warm images, so compare the time per image, not the totals.'
      : '';
  return `Work in all images together, ${sides.map((one) => `${one.label}: ${describe(one)}`).join('; ')}.${unequal} This is the sum of the work, decode to encode; how long the run took is in the timeline.`;
};

export const totalChart: Chart = {
  id: 'total-processing-time',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) =>
    `Bar chart of the summed processing time: ${totals(input)
      .map((one) => `${one.label} ${describe(one)}`)
      .join(', ')}.`,
  table: (input) => ({
    columns: ['side', 'warm images', 'warm total (s)', 'cold images', 'cold total (s)'],
    rows: totals(input).map(({ label, warmCount, coldCount, warmS, coldS }) => [
      label,
      formatCount(warmCount),
      formatNumber(warmS),
      formatCount(coldCount),
      formatNumber(coldS),
    ]),
  }),
};
