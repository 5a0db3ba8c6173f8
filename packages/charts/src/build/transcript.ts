import type { TopLevelSpec } from 'vega-lite';
import type { DrawnChart } from '../drawn-chart.ts';
import { trimEnd } from '../format.ts';
import { framed, noDataFramed, noDataSentence } from '../framed.ts';
import { capitalise, paragraph } from '../sentence.ts';
import { INK, MONO_FAMILY, PLOT_WIDTH_PX, QUIET_INK } from '../theme.ts';
import type { ChartHeading } from './heading.ts';
import { pixels, textLayer } from './pixels.ts';
import {
  MOST_PARTS,
  PROMPT,
  shownLines,
  type TerminalLine,
  type TranscriptPart,
  terminalLinesOf,
} from './transcript-lines.ts';

export interface TranscriptRequest extends ChartHeading {
  /** In the order in which they stood in the terminal. */
  readonly parts: readonly TranscriptPart[];
}

const NOTHING = 'nothing was typed';
const LINE_PX = 18;
const EDGE_PX = 14;
/** Of the font at 12 px: all its characters are equally wide. */
const COLUMN_PX = 7.225;
/** Light, as the page of results turns lightness over where the reader's system is dark. */
const PANEL = { color: '#f3f5f7', stroke: '#c4ccd3', strokeWidth: 1, cornerRadius: 5 } as const;
const PROMPT_INK = '#1b5e20';
const LOOKS = {
  command: { color: INK },
  answer: { color: '#00446e' },
  note: { color: QUIET_INK, fontStyle: 'italic' },
} as const;
const LONGEST_SAID = 200;

/** Commands and their answers as a terminal shows them: what was sent, word for word, and what came back. */
export const transcriptChart = (request: TranscriptRequest): DrawnChart => {
  const { id, title, lines = [], remark = '', parts } = request;
  const isEmpty = parts.length === 0;
  const shown = parts.slice(0, MOST_PARTS);
  const said = shown.map(({ role, text }) => `${role}: ${trimEnd(oneLine(text), LONGEST_SAID)}`).join('; ');
  return {
    id,
    title,
    spec: isEmpty ? noDataFramed(title, lines, NOTHING) : specOf(request, terminalLinesOf(parts)),
    readingSentence: isEmpty
      ? noDataSentence(NOTHING)
      : paragraph(remark, 'Lines after the prompt $ were typed; the lines below them are the answer.'),
    altText: isEmpty ? 'Terminal: no data.' : `Terminal. ${capitalise(said)}`,
    table: {
      columns: ['role', 'text'],
      rows: shown.flatMap(({ role, text }) => shownLines(text).map((line) => [role, line])),
    },
  };
};

const oneLine = (text: string): string => shownLines(text).join(' ');

function specOf({ title, lines = [] }: TranscriptRequest, shown: readonly TerminalLine[]): TopLevelSpec {
  const heightPx = shown.length * LINE_PX + 2 * EDGE_PX;
  const placed = shown.map((line, index) => ({ ...line, y: EDGE_PX + (index + 0.5) * LINE_PX }));
  return framed(title, lines, {
    heightPx,
    layer: [
      {
        data: { values: [{ x: 0, y: 0, x2: PLOT_WIDTH_PX, y2: heightPx }] },
        mark: { type: 'rect', tooltip: null, ...PANEL },
        encoding: { x: pixels('x'), y: pixels('y'), x2: { field: 'x2' }, y2: { field: 'y2' } },
      },
      textLayer(
        placed.flatMap(({ isPrompted, y }) =>
          isPrompted ? [{ x: EDGE_PX, y, text: PROMPT.trimEnd() }] : [],
        ),
        { font: MONO_FAMILY, color: PROMPT_INK, fontWeight: 'bold' },
      ),
      ...(['command', 'answer', 'note'] as const).map((role) =>
        textLayer(
          placed
            .filter((line) => line.role === role)
            .map(({ y, text }) => ({
              // Vega cuts the spaces off that a text begins with.
              x: EDGE_PX + ((role === 'command' ? PROMPT.length : 0) + leadingSpaces(text)) * COLUMN_PX,
              y,
              text: unbroken(text.trimStart()),
            })),
          { font: MONO_FAMILY, ...LOOKS[role] },
        ),
      ),
    ],
  });
}

const leadingSpaces = (text: string): number => text.length - text.trimStart().length;

/** SVG shows spaces that follow each other as one. */
const unbroken = (text: string): string => text.replaceAll(' ', '\u00a0');
