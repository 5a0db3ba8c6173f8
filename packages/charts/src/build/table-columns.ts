import { type PlacedText, roomPx } from './pixels.ts';

export interface Column {
  readonly from: number;
  readonly to: number;
  readonly align: 'left' | 'right';
}

const GAP_PX = 20;
const EDGE_PX = 8;

/** Columns beside each other, each as wide as its widest text. */
export function columnsOf(
  headings: readonly { readonly heading: string; readonly align: Column['align'] }[],
  rows: readonly (readonly string[])[],
): { readonly columns: readonly Column[]; readonly widthPx: number } {
  let from = EDGE_PX;
  const columns = headings.map(({ heading, align }, index) => {
    const texts = [heading, ...rows.map((row) => row[index] ?? '')];
    const to = from + texts.reduce((most, text) => Math.max(most, roomPx(text)), 0);
    const column = { from, to, align };
    from = to + GAP_PX;
    return column;
  });
  return { columns, widthPx: (columns.at(-1)?.to ?? EDGE_PX) + EDGE_PX };
}

/** The cells of one row that stand at that side of their columns. */
export const cellTexts = (
  cells: readonly string[],
  columns: readonly Column[],
  y: number,
  wanted: Column['align'],
): readonly PlacedText[] =>
  columns.flatMap(({ from, to, align }, index) => {
    const text = cells[index] ?? '';
    return align === wanted && text !== '' ? [{ x: align === 'left' ? from : to, y, text }] : [];
  });
