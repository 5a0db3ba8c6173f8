import stringWidth from 'string-width';
import { displayText } from '../format.ts';

/** What a piece of text stands for; the caller chooses its colour. */
export type SegmentRole = 'onPrem' | 'cloud' | 'label' | 'value' | 'axis' | 'space';

export interface Segment {
  readonly text: string;
  readonly role: SegmentRole;
}

/** One line of a terminal chart; its texts in a row never take more columns than asked. */
export type Line = readonly Segment[];

/** Below this nothing can be read. */
export const NARROWEST = 20;

export interface TerminalOptions {
  /** Columns to fill at most; values below 20 count as 20. */
  readonly width: number;
  /** Only characters of ASCII, for terminals without block characters. */
  readonly ascii?: boolean;
}

/** Whole columns to draw on, from whatever the terminal said. */
export const columnsOf = ({ width }: TerminalOptions): number =>
  Number.isFinite(width) ? Math.min(10_000, Math.max(NARROWEST, Math.floor(width))) : NARROWEST;

export const lineText = (line: Line): string => line.map(({ text }) => text).join('');

const graphemes = new Intl.Segmenter('en-US', { granularity: 'grapheme' });

/** The text in exactly `columns` columns: cut with a sign that it was, or filled with spaces. */
export const toWidth = (text: string, columns: number, ascii: boolean): string => {
  const visible = ascii ? displayText(text).replaceAll(/[^ -~]/gu, '?') : displayText(text);
  const fill = (cut: string) => cut + ' '.repeat(columns - stringWidth(cut));
  if (stringWidth(visible) <= columns) return fill(visible);
  let kept = '';
  for (const { segment } of graphemes.segment(visible)) {
    if (stringWidth(kept + segment) > columns - 1) break;
    kept += segment;
  }
  return fill(`${kept}${ascii ? '~' : '…'}`);
};
