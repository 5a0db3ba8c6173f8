import { isDrawable } from '../drawable.ts';
import type { DrawnChart } from '../drawn-chart.ts';
import { formatNumber, formatQuantity } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { laneAxis } from '../lanes.ts';
import { axisTitle, linearScale } from '../scale.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, OUTLINED } from '../theme.ts';
import { notDrawableNote } from './arm-values.ts';
import { uniqueLabels } from './arms.ts';
import type { ChartHeading, Measure } from './heading.ts';

export interface StackedBarsRequest extends ChartHeading {
  readonly measure: Measure;
  /** From left to right in every bar; colours of their own where parts are well known. */
  readonly parts: readonly { readonly label: string; readonly colour?: string }[];
  /** `values` in the order of `parts`, zero or more. */
  readonly bars: readonly { readonly label: string; readonly values: readonly number[] }[];
  /** Why there may be no bar at all. */
  readonly nothing?: string;
}

/** Neighbours differ strongly in lightness, and so do all in grey. */
const PART_COLOURS = [
  '#d8d8d8',
  '#5b0f7d',
  '#9bd0f0',
  '#e69f00',
  '#00684f',
  '#ffffff',
  '#0072b2',
  '#cc79a7',
] as const;
const MOST_IN_A_ROW = 6;

interface Stack {
  readonly label: string;
  readonly values: readonly number[];
  readonly total: number;
}

const isPart = (value: number): boolean => isDrawable(value) && value >= 0;

/** What something is made of: parts side by side in one bar, with the sum at its end. */
export const stackedBarsChart = (request: StackedBarsRequest): DrawnChart => {
  const { id, title, measure } = request;
  const nothing = request.nothing ?? 'nothing was measured';
  const parts = uniqueLabels(
    request.parts.map(({ label }) => label),
    [],
  );
  const labels = uniqueLabels(
    request.bars.map(({ label }) => label),
    [],
  );
  const stacks = request.bars.map(({ values }, index): Stack => {
    const own = parts.map((_, part) => {
      const value = values[part] ?? 0;
      return isPart(value) ? value : 0;
    });
    return { label: labels[index] ?? '', values: own, total: own.reduce((sum, value) => sum + value, 0) };
  });
  const unit = measure.unit === '' ? '' : ` (${measure.unit})`;
  return {
    id,
    title,
    spec:
      stacks.length === 0
        ? noDataFramed(title, request.lines ?? [], nothing)
        : specOf(request, parts, stacks),
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

/** Bars are placed by hand: a segment knows where it begins and ends. */
const segmentsOf = (stacks: readonly Stack[], parts: readonly string[]) =>
  stacks.flatMap(({ values }, lane) => {
    let from = 0;
    return parts.flatMap((part, index) => {
      const value = values[index] ?? 0;
      const segment = { part, lane, from, to: from + value };
      from = segment.to;
      return value > 0 ? [segment] : [];
    });
  });

function specOf(
  { title, lines = [], measure, parts: given, bars }: StackedBarsRequest,
  parts: readonly string[],
  stacks: readonly Stack[],
) {
  const segments = segmentsOf(stacks, parts);
  const colours = given.map(
    ({ colour }, index) => colour ?? PART_COLOURS[index % PART_COLOURS.length] ?? PART_COLOURS[0],
  );
  const shown = parts
    .map((part, index) => ({ part, colour: colours[index] ?? PART_COLOURS[0] }))
    .filter(({ part }) => segments.some((segment) => segment.part === part));
  const rowPx = stacks.length > 6 ? 22 : 40;
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
      heightPx: rowPx * stacks.length,
      layer: [
        {
          data: { values: segments },
          mark: { type: 'bar', orient: 'horizontal', height: rowPx * 0.7, ...OUTLINED, strokeWidth: 0.6 },
          encoding: {
            x: { ...x, field: 'from' },
            x2: { field: 'to' },
            y,
            color: {
              field: 'part',
              type: 'nominal',
              scale: { domain: shown.map(({ part }) => part), range: shown.map(({ colour }) => colour) },
              legend: {
                symbolStrokeColor: '#333333',
                symbolStrokeWidth: 0.6,
                symbolType: 'square',
                ...(shown.length > MOST_IN_A_ROW ? { columns: 4 } : {}),
              },
            },
          },
        },
        {
          data: { values: ends },
          mark: { type: 'text', align: 'left', dx: 6, fontSize: 11, color: INK },
          encoding: { x: { ...x, field: 'total' }, y, text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  );
}
