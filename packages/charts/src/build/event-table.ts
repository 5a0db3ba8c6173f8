import type { Layers } from '../framed.ts';
import { QUIET_INK } from '../theme.ts';
import type { EventRow } from './event-rows.ts';
import { type PlacedText, pixels, ROW_PX, rowMiddlePx, textLayer } from './pixels.ts';
import { cellTexts, columnsOf } from './table-columns.ts';

const COLUMNS = [
  { heading: 'ID', align: 'right' },
  { heading: 'type', align: 'left' },
  { heading: 'name', align: 'left' },
  { heading: 'timestamp', align: 'left' },
  { heading: 'since start (ms)', align: 'right' },
  { heading: 'used as', align: 'left' },
] as const;

const USED_FILL = '#fff0b8';
const USED_INK = '#00446e';
const LINE = '#e4e4e4';

const cellsOf = (row: EventRow): readonly string[] =>
  row.kind === 'event' ? [...row.cells, row.marks.join(', ')] : [];

/** The list itself: a line a row, those whose timestamps are used on a ground of their own, in bold and named. */
export function eventTable(rows: readonly EventRow[]): { readonly widthPx: number; readonly layers: Layers } {
  const { columns, widthPx } = columnsOf(COLUMNS, rows.map(cellsOf));
  const placed = (wanted: (row: EventRow) => boolean, align: 'left' | 'right', of: number = COLUMNS.length) =>
    rows.flatMap((row, index) =>
      wanted(row) ? cellTexts(cellsOf(row).slice(0, of), columns, rowMiddlePx(index), align) : [],
    );
  const isUsed = (row: EventRow) => row.kind === 'event' && row.marks.length > 0;
  const bands = rows.flatMap((row, index) =>
    isUsed(row) ? [{ y: (index + 1) * ROW_PX, x: 0, x2: widthPx, y2: (index + 2) * ROW_PX }] : [],
  );
  const lines = rows.map((_, index) => ({
    x: 0,
    x2: widthPx,
    y: (index + 1) * ROW_PX,
    y2: (index + 1) * ROW_PX,
  }));
  const corners = { x: pixels('x'), y: pixels('y'), x2: { field: 'x2' }, y2: { field: 'y2' } };
  const headings = (align: 'left' | 'right') =>
    cellTexts(
      COLUMNS.map(({ heading }) => heading),
      columns,
      rowMiddlePx(-1),
      align,
    );
  return {
    widthPx,
    layers: [
      { data: { values: bands }, mark: { type: 'rect', color: USED_FILL, tooltip: null }, encoding: corners },
      { data: { values: lines }, mark: { type: 'rule', color: LINE, tooltip: null }, encoding: corners },
      ...(['left', 'right'] as const).flatMap((align) => [
        textLayer(headings(align), { align, color: QUIET_INK, fontWeight: 'bold' }),
        textLayer(
          placed((row) => !isUsed(row), align),
          { align },
        ),
        textLayer(placed(isUsed, align, COLUMNS.length - 1), { align, fontWeight: 'bold' }),
      ]),
      textLayer(
        rows.flatMap((row, index) => usedAs(row, columns.at(-1)?.from ?? 0, rowMiddlePx(index))),
        { color: USED_INK, fontWeight: 'bold' },
      ),
      textLayer(
        rows.flatMap((row, index) =>
          row.kind === 'gap' ? [{ x: columns[1]?.from ?? 0, y: rowMiddlePx(index), text: row.text }] : [],
        ),
        { color: QUIET_INK, fontStyle: 'italic' },
      ),
    ],
  };
}

const usedAs = (row: EventRow, x: number, y: number): readonly PlacedText[] =>
  row.kind === 'event' && row.marks.length > 0 ? [{ x, y, text: row.marks.join(', ') }] : [];
