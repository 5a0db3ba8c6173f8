import { drawable } from '../drawable.ts';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatChosen, formatCount, formatNumber, formatQuantity, plural } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { type Bins, binsOf } from './bins.ts';
import { type BinnedGroup, groupsOf, type HistogramRequest } from './histogram-groups.ts';
import { histogramSpec } from './histogram-spec.ts';

/** How often which value came up: counts in bins, with the median and the 95th percentile marked. */
export const histogramChart = (request: HistogramRequest): DrawnChart => {
  const { id, title, measure, thing, remark = '' } = request;
  const nothing = `no ${thing} was measured`;
  const bins = binsOf(request.groups.map(({ values }) => drawable(values)));
  const groups = bins === undefined ? [] : groupsOf(request.groups, bins);
  const said = groups.map((group) => saidOf(group, request)).join('; ');
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  return {
    id,
    title,
    spec:
      bins === undefined
        ? noDataFramed(title, request.lines ?? [], nothing)
        : histogramSpec(request, groups, bins),
    readingSentence:
      bins === undefined
        ? noDataSentence(nothing)
        : paragraph(`${capitalise(said)}.`, remark, howToRead(groups, bins, request)),
    altText: `Histogram of the ${measure.name}: ${said || 'no data'}.`,
    table: {
      columns: ['arm', `from${unit}`, `below${unit}`, `${thing}s`, 'share (%)'],
      rows: bins === undefined ? [] : groups.flatMap((group) => rowsOf(group, bins)),
    },
  };
};

function saidOf(
  { look, values, figures, counted }: BinnedGroup,
  { measure, thing }: HistogramRequest,
): string {
  if (figures === undefined) return `${look.label}: no ${thing}`;
  if (counted === undefined) {
    const each = values.map(formatNumber).join(', ');
    return `${look.label}: ${plural(values.length, thing)}, too few for bins (${each}${measure.unit === '' ? '' : ` ${measure.unit}`})`;
  }
  const { median, p95, min, max } = figures;
  const quantity = (value: number) => formatQuantity(value, measure.unit);
  return `${look.label}: ${plural(values.length, thing)}, median ${quantity(median)}, 95 % within ${quantity(p95)}, from ${quantity(min)} to ${quantity(max)}`;
}

function howToRead(
  groups: readonly BinnedGroup[],
  { width }: Bins,
  { measure, thing }: HistogramRequest,
): string {
  const isBinned = groups.some(({ counted }) => counted !== undefined);
  const beyond = groups.reduce((sum, { counted }) => sum + (counted?.beyond ?? 0), 0);
  return paragraph(
    isBinned
      ? `A bar is as high as the number of ${thing}s within its ${formatChosen(width)}${measure.unit === '' ? '' : ` ${measure.unit}`}.`
      : '',
    beyond > 0
      ? `${plural(beyond, thing)} far above the rest ${beyond === 1 ? 'stands' : 'stand'} at the right as one bar.`
      : '',
  );
}

function rowsOf({ look, values, counted }: BinnedGroup, { edges }: Bins): string[][] {
  const share = (count: number) => formatNumber((100 * count) / values.length);
  if (counted === undefined)
    return values.map((value) => [look.label, formatNumber(value), '–', '1', share(1)]);
  const rows = counted.counts.map((count, index) => [
    look.label,
    formatChosen(edges[index] ?? 0),
    formatChosen(edges[index + 1] ?? 0),
    formatCount(count),
    share(count),
  ]);
  const { beyond } = counted;
  return beyond === 0
    ? rows
    : [...rows, [look.label, formatChosen(edges.at(-1) ?? 0), '–', formatCount(beyond), share(beyond)]];
}
