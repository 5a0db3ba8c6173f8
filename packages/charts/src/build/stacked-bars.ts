import type { DrawnChart } from '../drawn-chart.ts';
import { formatNumber, formatQuantity } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { axisTitle, linearScale } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK } from '../theme.ts';
import { notDrawableNote } from './arm-values.ts';
import type { ChartHeading, Measure } from './heading.ts';
import { isPart, type Part, partsOf, type Stack, stackLayer, stackRowPx, stacksOf } from './stacks.ts';

export interface StackedBarsRequest extends ChartHeading {
  readonly measure: Measure;
  /** From left to right in every bar; colours of their own where parts are well known. */
  readonly parts: readonly { readonly label: string; readonly colour?: string }[];
  /** `values` in the order of `parts`, zero or more. */
  readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
  /** Why there may be no bar at all. */
  readonly nothing?: string;
}

/** What something is made of: parts side by side in one bar, with the sum at its end. */
export const stackedBarsChart = (request: StackedBarsRequest): DrawnChart => {
  const { id, title, measure } = request;
  const nothing = request.nothing ?? 'nothing was measured';
  const looks = partsOf(request.parts);
  const parts = looks.map(({ label }) => label);
  const stacks = stacksOf(request.bars, looks);
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  return {
    id,
    title,
    spec:
      stacks.length === 0
        ? noDataFramed(title, request.lines ?? [], nothing)
        : specOf(request, looks, stacks),
    readingSentence:
      stacks.length === 0
        ? noDataSentence(nothing)
        : paragraph(
            request.remark ??
              capitalise(`${stacks.map((stack) => largestOf(stack, parts, measure)).join('; ')}.`),
            'A bar is as long as the sum of its parts; the legend names them from left to right.',
          ),
    altText: `Stacked bars of the ${measure.name}: ${
      stacks
        .map(
          ({ label, values }) =>
            `${label}: ${
              parts
                .flatMap((part, index) => {
                  const value = values[index] ?? 0;
                  return value > 0 ? [`${part} ${formatQuantity(value, measure.unit)}`] : [];
                })
                .join(', ') || 'nothing'
            }`,
        )
        .join('; ') || 'no data'
    }.`,
    table: {
      columns: ['bar', ...parts.map((part) => `${part}${unit}`), `total${unit}`],
      rows: stacks.map(({ label, values, total }) => [
        label,
        ...values.map(formatNumber),
        formatNumber(total),
      ]),
    },
  };
};

const largestOf = ({ label, values, total }: Stack, parts: readonly string[], { unit }: Measure): string => {
  const largest = Math.max(...values);
  if (!(total > 0)) return `${label}: ${formatQuantity(0, unit)}`;
  return `${label}: ${formatQuantity(total, unit)}, of which ${parts[values.indexOf(largest)] ?? ''} is ${formatNumber((100 * largest) / total)} %`;
};

function specOf(
  { title, lines = [], measure, bars }: StackedBarsRequest,
  parts: readonly Part[],
  stacks: readonly Stack[],
) {
  const ends = stacks.map(({ total }, lane) => ({ lane, total, text: formatQuantity(total, measure.unit) }));
  // Room for the value to the right of the longest bar.
  const scale = linearScale(
    stacks.map(({ total }) => total),
    0.2,
  );
  const x = {
    type: 'quantitative' as const,
    scale,
    axis: { title: axisTitle(measure.name, measure.unit, scale) },
  };
  const y = { ...laneAxis(stacks.map(({ label }) => label)), field: 'lane' };
  return framed(
    title,
    [
      ...notDrawableNote(bars.flatMap(({ values }) => values).filter((value) => !isPart(value)).length),
      ...lines,
    ],
    {
      heightPx: stackRowPx(stacks) * stacks.length,
      layer: [
        stackLayer(stacks, parts, x, y),
        {
          data: { values: ends },
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 11, color: INK },
          encoding: { x: { ...x, field: 'total' }, y, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}
