import stringWidth from 'string-width';
import { displayText, formatCount, plural } from '../format.ts';

/** Something typed, something answered, or a remark on either; may have several lines. */
export interface TranscriptPart {
  readonly role: 'command' | 'answer' | 'note';
  readonly text: string;
}

/** A line as a terminal of a fixed width shows it. */
export interface TerminalLine {
  readonly role: TranscriptPart['role'];
  readonly text: string;
  /** Whether a prompt stands before it. */
  readonly isPrompted: boolean;
}

const COLUMNS = 84;
/** So wide is the prompt, and so far are the other lines of a command moved in. */
export const PROMPT = '$ ';
/** Of one part: the rest is counted. An answer may be megabytes. */
const MOST_CHARACTERS = 4_000;
const MOST_LINES = 24;
export const MOST_PARTS = 16;
const TAB = '    ';

const graphemes = new Intl.Segmenter('en-US', { granularity: 'grapheme' });

/** Lines without control characters, none wider than the terminal. What is too long ends with a note that says how much is missing. */
export function terminalLinesOf(parts: readonly TranscriptPart[]): readonly TerminalLine[] {
  const lines = parts.slice(0, MOST_PARTS).flatMap(linesOf);
  const left = parts.length - MOST_PARTS;
  return left > 0 ? [...lines, note(`… ${plural(left, 'more part')} not shown`)] : lines;
}

/** The lines of a text before they are folded, as many as are shown at most. */
export const shownLines = (text: string): readonly string[] =>
  text
    .slice(0, MOST_CHARACTERS)
    .replace(/\r?\n$/, '')
    .split(/\r\n|\n|\r/)
    .slice(0, MOST_LINES)
    .map((line) => displayText(line.replaceAll('\t', TAB)));

const note = (text: string): TerminalLine => ({ role: 'note', text, isPrompted: false });

function linesOf({ role, text }: TranscriptPart): readonly TerminalLine[] {
  const columns = role === 'command' ? COLUMNS - PROMPT.length : COLUMNS;
  const all = shownLines(text).flatMap((line) => fold(line, columns));
  const shown = all.slice(0, MOST_LINES);
  // Folding drops no more than the spaces that it breaks at, so the rest is at least what was not even looked at.
  const isWhole =
    shown.length === all.length && text.length <= MOST_CHARACTERS && lineCount(text) <= MOST_LINES;
  return [
    ...shown.map((line, index) => ({ role, text: line, isPrompted: role === 'command' && index === 0 })),
    ...(isWhole ? [] : [note(`… cut: the ${role} has ${formatCount(text.length)} characters`)]),
  ];
}

const lineCount = (text: string): number =>
  text.replace(/\r?\n$/, '').split(/\r\n|\n|\r/, MOST_LINES + 1).length;

/** Broken at the last space where that leaves at least half of a line, anywhere else where it does not. */
function fold(line: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  let width = 0;
  for (const { segment } of graphemes.segment(line)) {
    const added = stringWidth(segment);
    if (width + added > columns) {
      const space = current.lastIndexOf(' ') + 1;
      const cut = space > columns / 2 ? space : current.length;
      lines.push(current.slice(0, cut).trimEnd());
      current = current.slice(cut);
      width = stringWidth(current);
    }
    current += segment;
    width += added;
  }
  return [...lines, current.trimEnd()];
}
