import type { DrawnChart } from '../drawn-chart.ts';
import { formatCount, formatNumber, formatQuantity, labelOf, plural } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { confidenceText, intervalText } from './arm-values.ts';
import { type ForestRequest, type ForestRow, forestRowsOf } from './forest-rows.ts';
import { forestSpec } from './forest-spec.ts';

const NOTHING = 'none of the rows was measured';

/** What was gained where: a row a case, with its interval, zero, and the bound that no gain can exceed. */
export const forestChart = (request: ForestRequest): DrawnChart => {
  const { id, title, measure, statistic, lines = [], remark = '' } = request;
  const sides = { below: labelOf(request.sides.below, 'less'), above: labelOf(request.sides.above, 'more') };
  const rows = forestRowsOf(request);
  const isEmpty = rows.every(({ estimate }) => estimate === null);
  const quantity = [statistic, measure.name].filter((part) => part !== '').join(' ');
  const confidence = confidenceText(rows.find(({ interval }) => interval !== undefined)?.result);
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  const count = (wanted: (row: ForestRow) => boolean) => rows.filter(wanted).length;
  const above = count(({ isDecided, interval }) => isDecided && (interval?.low ?? 0) > 0);
  const below = count(({ isDecided, interval }) => isDecided && (interval?.high ?? 0) < 0);
  const exceeding = rows.filter(({ isAboveBound }) => isAboveBound).map(({ label }) => label);
  const bounded = rows.filter(({ bound, interval }) => bound !== null && interval !== undefined);
  return {
    id,
    title,
    spec: isEmpty
      ? noDataFramed(title, lines, NOTHING)
      : forestSpec(request, rows, { quantity, confidence, sides }),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(
          `${capitalise(sides.above)} in ${formatCount(above)} of ${plural(rows.length, 'row')}, ${sides.below} in ${formatCount(below)}; elsewhere the interval holds zero or there is none.`,
          bounded.length === 0
            ? ''
            : exceeding.length === 0
              ? `No lower limit exceeds its bound (${plural(bounded.length, 'row')} with both).`
              : `Above its bound even by its lower limit: ${exceeding.join(', ')}; there gain or bound is wrong.`,
          remark,
          `A line is the ${confidence}, its point the ${quantity}, filled where the interval leaves out zero.`,
          rows.some(({ bound }) => bound !== null) ? 'The upright stroke is the bound.' : '',
        ),
    altText: `Forest plot of the ${quantity}: ${
      isEmpty ? 'no data' : rows.map((row) => rowInWords(row, measure.unit)).join('; ')
    }.`,
    table: {
      columns: ['row', 'n', `${quantity}${unit}`, `${confidence}${unit}`, `bound${unit}`],
      rows: rows.map(({ label, result, estimate, bound }) => [
        label,
        result === undefined ? '–' : formatCount(result.n),
        estimate === null ? '–' : formatNumber(estimate),
        result === undefined ? '–' : intervalText(result),
        bound === null ? '–' : formatNumber(bound),
      ]),
    },
  };
};

const rowInWords = ({ label, estimate, bound }: ForestRow, unit: string): string =>
  [
    `${label}: ${estimate === null ? 'no data' : formatQuantity(estimate, unit)}`,
    ...(bound === null ? [] : [`bound ${formatQuantity(bound, unit)}`]),
  ].join(', ');
