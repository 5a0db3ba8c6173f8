import type { Line, SegmentRole } from '@skyground/charts';
import { folded } from '../../output/fold.ts';
import { printable } from '../../output/format.ts';

/** What a piece of a page stands for; the theme knows how that looks. */
export type TextStyle = SegmentRole | 'text' | 'heading' | 'faint' | 'good' | 'bad' | 'warn';

export type StyledLine = readonly { readonly text: string; readonly style: TextStyle }[];

/** A part of a page that knows no width yet. Pages are lists of these, so that what they say can be tested without a screen. */
export type Block =
  /** Folded at the width; empty text is an empty line. */
  | { readonly kind: 'text'; readonly text: string; readonly style: TextStyle }
  /** Folded, and coloured already: what the scrollback shows too. */
  | { readonly kind: 'painted'; readonly draw: (width: number) => readonly string[] }
  | { readonly kind: 'chart'; readonly draw: (width: number) => readonly Line[] };

export function text(content: string, style: TextStyle = 'text'): Block {
  return { kind: 'text', text: content, style };
}

export const emptyLine: Block = text('');

export function chart(draw: (width: number) => readonly Line[]): Block {
  return { kind: 'chart', draw: onceAWidth(draw) };
}

export function painted(draw: (width: number) => readonly string[]): Block {
  return { kind: 'painted', draw: onceAWidth(draw) };
}

/** A screen is drawn often, and a bootstrap stands behind some charts. */
function onceAWidth<Drawn>(draw: (width: number) => Drawn): (width: number) => Drawn {
  const drawn = new Map<number, Drawn>();
  return (width) => {
    const known = drawn.get(width) ?? draw(width);
    drawn.set(width, known);
    return known;
  };
}

/** The lines of a page at a width. Whatever a text came from, nothing in it can steer the terminal. */
export function layOut(blocks: readonly Block[], width: number): readonly StyledLine[] {
  return blocks.flatMap((block): readonly StyledLine[] => {
    if (block.kind === 'chart') {
      return block
        .draw(width)
        .map((line) => line.map(({ text: content, role }) => ({ text: printable(content), style: role })));
    }
    if (block.kind === 'painted') return block.draw(width).flatMap((line) => lines(line, 'text', width));
    return lines(printable(block.text), block.style, width);
  });
}

function lines(content: string, style: TextStyle, width: number): readonly StyledLine[] {
  return content
    .split('\n')
    .flatMap((line) => folded(line, width, { cutsWords: true }))
    .map((part) => [{ text: part, style }]);
}
