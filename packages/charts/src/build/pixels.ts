import { pictureText } from '../format.ts';
import type { Layers } from '../framed.ts';
import { textWidthPx } from '../render/text-width.ts';
import { INK } from '../theme.ts';

/** Pictures of text are laid out in pixels, row by row below a heading. */
export const ROW_PX = 20;

export const rowMiddlePx = (row: number): number => (row + 1.5) * ROW_PX;

/** A channel whose field holds pixels, with no axis. */
export const pixels = (field: string) => ({
  field,
  type: 'quantitative' as const,
  scale: null,
  axis: null,
});

const FONT_PX = 12;
/** Bold letters are wider. */
const BOLD = 1.13;

/** Room for a text, bold or not. */
export const roomPx = (text: string): number => BOLD * textWidthPx(text, FONT_PX);

export interface PlacedText {
  readonly x: number;
  /** Of its middle. */
  readonly y: number;
  readonly text: string;
}

interface TextStyle {
  readonly align?: 'left' | 'center' | 'right';
  readonly color?: string;
  readonly fontWeight?: 'normal' | 'bold';
  readonly fontStyle?: 'normal' | 'italic';
  readonly font?: string;
}

/** Texts from outside, each on one line. */
export const textLayer = (texts: readonly PlacedText[], style: TextStyle = {}): Layers[number] => ({
  data: { values: texts.map(({ x, y, text }) => ({ x, y, text: pictureText(text) })) },
  mark: {
    type: 'text',
    align: 'left',
    baseline: 'middle',
    fontSize: FONT_PX,
    color: INK,
    tooltip: null,
    ...style,
  },
  encoding: { x: pixels('x'), y: pixels('y'), text: { field: 'text', type: 'nominal' } },
});
