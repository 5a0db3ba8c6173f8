import type { Chart, ChartInput } from '../chart.ts';
import { displayText, formatMb, formatNumber, trimMiddle } from '../format.ts';
import { frame, noDataSpec } from '../frame.ts';
import { noDataSentence, thinnedNote } from '../framed.ts';
import { type MeasuredRow, measuredRows } from '../rows.ts';
import { aboveZero, axisTitle, scaleFor } from '../scale.ts';
import { seriesEncoding, seriesOf } from '../series.ts';
import { SIDES, sideLabel } from '../sides.ts';
import { MOST_POINTS, thinGroups } from '../thin.ts';

const TITLE = 'Image size against processing time';
const NO_SIZES = 'no image with a known size was processed successfully';

type SizedRow = MeasuredRow & { readonly originalSizeBytes: number };
const isSized = (row: MeasuredRow): row is SizedRow => row.originalSizeBytes !== null;

const sizedSeries = (input: ChartInput) =>
  seriesOf(input)
    .map((series) => ({ ...series, rows: series.rows.filter(isSized) }))
    .filter(({ rows }) => rows.length > 0);

const spec: Chart['spec'] = (input) => {
  const series = sizedSeries(input);
  const total = series.reduce((sum, { rows }) => sum + rows.length, 0);
  if (total === 0) return noDataSpec(input, TITLE, NO_SIZES);
  const drawn = thinGroups(
    series.map(({ rows }) => rows.toSorted((a, b) => a.processingTimeMs - b.processingTimeMs)),
    MOST_POINTS,
  );
  const values = series.flatMap(({ label }, index) =>
    (drawn[index] ?? []).map((row) => ({
      series: label,
      mb: row.originalSizeBytes / 1e6,
      ms: aboveZero(row.processingTimeMs),
    })),
  );
  const sizeScale = scaleFor(values.map(({ mb }) => mb));
  const timeScale = scaleFor(values.map(({ ms }) => ms));
  return frame(input, TITLE, {
    heightPx: 330,
    notes: thinnedNote(values.length, total),
    layer: [
      {
        data: { values },
        mark: { type: 'point', filled: true, opacity: values.length > 500 ? 0.45 : 0.85, size: 64 },
        encoding: {
          x: {
            field: 'mb',
            type: 'quantitative',
            scale: { ...sizeScale },
            axis: { title: axisTitle('original size', 'MB of 1,000,000 bytes', sizeScale) },
          },
          y: {
            field: 'ms',
            type: 'quantitative',
            scale: { ...timeScale },
            axis: { title: axisTitle('processing time', 'ms', timeScale) },
          },
          ...seriesEncoding(series),
        },
      },
    ],
  });
};

const millisecondsPerMb = (rows: readonly SizedRow[]): number | undefined => {
  const bytes = rows.reduce((sum, row) => sum + row.originalSizeBytes, 0);
  return bytes === 0 ? undefined : rows.reduce((sum, row) => sum + row.processingTimeMs, 0) / (bytes / 1e6);
};

const readingSentence: Chart['readingSentence'] = (input) => {
  const series = sizedSeries(input);
  if (series.length === 0) return noDataSentence(NO_SIZES);
  const rates = series
    .map(({ label, rows }) => ({ label, rate: millisecondsPerMb(rows) }))
    .flatMap(({ label, rate }) => (rate === undefined ? [] : [`${formatNumber(rate)} ms per MB (${label})`]));
  return `${rates.length === 0 ? 'Every file is empty.' : `Over all images: ${rates.join(', ')}.`} Points that rise to the right mean that larger files take longer; at one size, the lower point is the faster side. Pixels cost more than bytes: files of one size can differ in both.`;
};

/** One row per image, both sides next to each other, in milliseconds of each repetition. */
const imageRows = (input: ChartInput): string[][] => {
  const images = new Map<
    string,
    { sizeBytes: number | null; times: Record<(typeof SIDES)[number], string[]> }
  >();
  for (const side of SIDES) {
    for (const row of measuredRows(input, side)) {
      const entry = images.get(row.image) ?? { sizeBytes: null, times: { on_prem: [], cloud: [] } };
      entry.sizeBytes ??= row.originalSizeBytes;
      entry.times[side].push(`${formatNumber(row.processingTimeMs)}${row.cold === true ? ' (cold)' : ''}`);
      images.set(row.image, entry);
    }
  }
  return Array.from(images, ([image, { sizeBytes, times }]) => [
    trimMiddle(displayText(image), 60),
    sizeBytes === null ? '–' : formatMb(sizeBytes),
    ...SIDES.map((side) => times[side].join(', ') || '–'),
  ]);
};

export const sizeTimeChart: Chart = {
  id: 'size-against-time',
  title: TITLE,
  spec,
  readingSentence,
  altText: (input) =>
    `Scatter plot of original size against processing time: ${
      sizedSeries(input)
        .map(({ label, rows }) => `${rows.length} points of ${label}`)
        .join(', ') || 'no data'
    }.`,
  table: (input) => ({
    columns: ['image', 'original size', ...SIDES.map((side) => `${sideLabel(side, input)} (ms)`)],
    rows: imageRows(input),
  }),
};
