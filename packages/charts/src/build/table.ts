import type { TopLevelSpec } from 'vega-lite';
import type { DrawnChart } from '../drawn-chart.ts';
import { displayText, plural, trimEnd } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { paragraph } from '../sentence.ts';
import { PLOT_WIDTH_PX, QUIET_INK } from '../theme.ts';
import { pixels, ROW_PX, rowMiddlePx, textLayer } from './pixels.ts';
import { type Column, cellTexts, columnsOf } from './table-columns.ts';
import type { TableRequest } from './table-request.ts';

const NOTHING = 'the table has no rows';
const MOST = { rows: 60, columns: 12 } as const;
const LONGEST_CELL = 48;
/** More cannot be listened to. */
const MOST_SAID = 12;
const LINE = '#e4e4e4';
const HEADING_LINE = '#888888';

/** Figures as a table that is a picture, for where only pictures are shown. */
export const tableChart = (request: TableRequest): DrawnChart => {
  const { id, title, remark = '' } = request;
  const columns = request.columns.slice(0, MOST.columns).map(cellOf);
  const rows = request.rows
    .slice(0, MOST.rows)
    .map((row) => columns.map((_, index) => cellOf(row[index] ?? '')));
  const lines = [
    ...(rows.length < request.rows.length
      ? [`${rows.length} of ${plural(request.rows.length, 'row')} shown`]
      : []),
    ...(columns.length < request.columns.length
      ? [`${columns.length} of ${plural(request.columns.length, 'column')} shown`]
      : []),
    ...(request.lines ?? []),
  ];
  const isEmpty = rows.length === 0 || columns.length === 0;
  const said = rows.slice(0, MOST_SAID).map(([name = '', ...cells]) => inWords(name, cells, columns));
  const more = rows.length - said.length;
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, lines, NOTHING) : specOf(title, lines, columns, rows),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(remark, `A row for each of ${plural(rows.length, 'figure')}.`),
    altText: isEmpty
      ? 'Table: no data.'
      : `Table. ${said.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`,
    table: { columns, rows },
  };
};

const cellOf = (text: string): string => trimEnd(displayText(text), LONGEST_CELL);

const inWords = (name: string, cells: readonly string[], columns: readonly string[]): string =>
  `${name}: ${cells.map((cell, index) => `${columns[index + 1] ?? ''} ${cell}`).join(', ')}`;

function specOf(
  title: string,
  lines: readonly string[],
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): TopLevelSpec {
  const sides = headings.map((heading, index) => ({
    heading,
    align: index === 0 ? ('left' as const) : ('right' as const),
  }));
  const { columns, widthPx } = columnsOf(sides, rows);
  const shown = spread(columns, PLOT_WIDTH_PX - widthPx);
  const width = Math.max(widthPx, PLOT_WIDTH_PX);
  const rules = rows.map((_, index) => ({
    x: 0,
    x2: width,
    y: (index + 1) * ROW_PX,
    y2: (index + 1) * ROW_PX,
    colour: index === 0 ? HEADING_LINE : LINE,
  }));
  return framed(title, lines, {
    widthPx: width,
    heightPx: (rows.length + 1) * ROW_PX,
    layer: [
      {
        data: { values: rules },
        mark: { type: 'rule', tooltip: null },
        encoding: {
          x: pixels('x'),
          y: pixels('y'),
          x2: { field: 'x2' },
          y2: { field: 'y2' },
          color: { field: 'colour', type: 'nominal', scale: null },
        },
      },
      ...(['left', 'right'] as const).flatMap((align) => [
        textLayer(cellTexts(headings, shown, rowMiddlePx(-1), align), {
          align,
          color: QUIET_INK,
          fontWeight: 'bold',
        }),
        textLayer(
          rows.flatMap((row, index) => cellTexts(row, shown, rowMiddlePx(index), align)),
          { align },
        ),
      ]),
    ],
  });
}

/** Columns apart from each other where the picture is wider than they are. */
function spread(columns: readonly Column[], roomPx: number): readonly Column[] {
  const stepPx = Math.max(0, roomPx) / Math.max(1, columns.length - 1);
  return columns.map(({ from, to, align }, index) => ({
    from: from + index * stepPx,
    to: to + index * stepPx,
    align,
  }));
}
