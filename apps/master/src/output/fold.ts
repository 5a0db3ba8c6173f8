import wrapAnsi from 'wrap-ansi';

const colourCode = `${String.fromCharCode(27)}\\[[0-9;]*m`;
const leadingSpaces = new RegExp(`^((?:${colourCode})*)( *)`);

/**
 * A line as lines of at most `width` columns, broken at words. What it was indented by stays, for all of its parts. A longer word
 * is cut where `cutsWords`; otherwise it sticks out, so that a path can still be copied.
 */
export function folded(
  line: string,
  width: number,
  { cutsWords }: { readonly cutsWords: boolean },
): readonly string[] {
  const found = leadingSpaces.exec(line)?.[2] ?? '';
  const indent = found.length < width / 2 ? found : '';
  const parts = wrapAnsi(withoutIndent(line), Math.max(1, width - indent.length), {
    hard: cutsWords,
    trim: false,
  }).split('\n');
  return parts.map((part, index) => `${indent}${index === 0 ? part : withoutIndent(part)}`);
}

/** For a terminal, folded at its width; for a file or a pipe as they are. */
export function foldedFor(stream: NodeJS.WriteStream, lines: readonly string[]): readonly string[] {
  const { isTTY, columns } = stream;
  if (!isTTY || !(columns > 0)) return lines;
  return lines.flatMap((line) => folded(line, columns, { cutsWords: false }));
}

function withoutIndent(line: string): string {
  return line.replace(leadingSpaces, '$1');
}
