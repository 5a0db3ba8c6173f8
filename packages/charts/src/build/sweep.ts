import type { DrawnChart } from '../drawn-chart.ts';
import { formatChosen, formatCount, formatNumber, formatQuantity } from '../format.ts';
import { noDataFramed, noDataSentence } from '../framed.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { intervalText } from './arm-values.ts';
import { type Curve, confidenceOf, curvesOf, type SweepRequest } from './sweep-curves.ts';
import { sweepSpec } from './sweep-spec.ts';

const NOTHING = 'no step of the sweep was measured';

/** How a figure changes with a quantity that was varied step by step: measured points, line, interval band, fit. */
export const sweepChart = (request: SweepRequest): DrawnChart => {
  const { id, title, x, y, statistic } = request;
  const curves = curvesOf(request);
  const isEmpty = curves.every(({ steps }) => steps.length === 0);
  const quantity = [statistic, y.name].filter((part) => part !== '').join(' ');
  const titled = (name: string, unit: string) => (unit === '' ? name : `${name} (${unit})`);
  const said = curves.map((curve) => spanOf(curve)).join('; ');
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, request.lines ?? [], NOTHING) : sweepSpec(request, curves, quantity),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(`${capitalise(quantity)}, ${said}.`, request.remark ?? '', howToRead(curves)),
    altText: `Line chart of the ${quantity} against ${x.name}: ${said || 'no data'}.`,
    table: {
      columns: [
        'arm',
        titled(x.name, x.unit),
        'n',
        titled(quantity, y.unit),
        titled(confidenceOf(curves), y.unit),
      ],
      rows: curves.flatMap(({ look, steps }) =>
        steps.map(({ x: at, interval, estimate }) => [
          look.label,
          formatChosen(at),
          interval === undefined ? '–' : formatCount(interval.n),
          formatNumber(estimate),
          interval === undefined ? '–' : intervalText(interval),
        ]),
      ),
    },
  };

  function spanOf({ look, steps }: Curve): string {
    const [first, last] = [steps[0], steps.at(-1)];
    if (first === undefined || last === undefined) return `${look.label}: no data`;
    const at = (step: typeof first) =>
      `${formatQuantity(step.estimate, y.unit)} at ${formatChosen(step.x)}${x.unit === '' ? '' : ` ${x.unit}`}`;
    return `${look.label}: ${first === last ? at(first) : `from ${at(first)} to ${at(last)}`}`;
  }
};

const howToRead = (curves: readonly Curve[]): string => {
  const figures = curves.flatMap(({ steps }) => steps.flatMap(({ interval }) => interval ?? []));
  const few = figures.filter(({ kind }) => kind === 'too few').length;
  if (figures.length === 0) return '';
  return paragraph(
    few < figures.length
      ? `The band is the ${confidenceOf(curves)}; every point was measured.`
      : 'Every point was measured.',
    few > 0
      ? `${formatCount(few)} of ${formatCount(figures.length)} steps have too few values for an interval.`
      : '',
  );
};
