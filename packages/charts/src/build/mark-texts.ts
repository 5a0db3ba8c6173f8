import { formatMs } from '../format.ts';
import { textWidthPx } from '../render/text-width.ts';
import { PLOT_WIDTH_PX } from '../theme.ts';

export interface TimeAxis {
  readonly domain: readonly [fromMs: number, toMs: number];
  readonly pxPerMs: number;
}

/** What stands beside the line of a moment, in rows above the lanes. */
export interface MarkText {
  readonly atMs: number;
  readonly text: string;
  /** Of its line: left texts begin there, right ones end there. */
  readonly align: 'left' | 'right';
  readonly row: number;
  /** The room that it takes. */
  readonly fromMs: number;
  readonly toMs: number;
}

export const FONT_PX = 11;
/** Between line and text. */
export const GAP_PX = 4;

/** In as many rows as they need, none on another, each on the side of its line where there is room. */
export function markTexts(
  marks: readonly { readonly label: string; readonly atMs: number }[],
  { domain: [startMs], pxPerMs }: TimeAxis,
): { readonly rows: number; readonly texts: readonly MarkText[] } {
  const endsPx: number[] = [];
  const texts = marks
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ label, atMs }): MarkText => {
      const text = `${label}: ${formatMs(atMs)}`;
      const widthPx = textWidthPx(text, FONT_PX) + 2 * GAP_PX;
      const atPx = (atMs - startMs) * pxPerMs;
      const align = atPx + widthPx <= PLOT_WIDTH_PX ? 'left' : 'right';
      const fromPx = align === 'left' ? atPx : atPx - widthPx;
      // Below all texts that its line would have to pass.
      const row = endsPx.findLastIndex((endPx) => endPx > fromPx) + 1;
      endsPx[row] = fromPx + widthPx;
      const msAt = (px: number) => startMs + px / pxPerMs;
      return { atMs, text, align, row, fromMs: msAt(fromPx + 1), toMs: msAt(fromPx + widthPx - 1) };
    });
  return { rows: endsPx.length, texts };
}
