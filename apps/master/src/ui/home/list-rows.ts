import { printable } from '../../output/format.ts';
import type { TextStyle } from './block.ts';
import { type HomeEntry, stateOf, whenText } from './entry.ts';

/** One line of a list. */
export interface ListRow {
  readonly key: string;
  readonly name: string;
  readonly state: string;
  readonly style: TextStyle;
  readonly when: string;
  readonly headline: string;
}

export function entryRow(entry: HomeEntry, marked: readonly string[]): ListRow {
  const name = `${marked.includes(entry.id) ? '[x]' : '[ ]'} ${oneLine(entry.title)}`;
  if (entry.kind === 'broken') {
    return { key: entry.id, name, state: 'broken', style: 'bad', when: '', headline: oneLine(entry.reason) };
  }
  const { newest } = entry;
  const { word, style } = stateOf(newest);
  return {
    key: entry.id,
    name,
    state: word,
    style,
    when: newest.kind === 'run' ? whenText(newest.startedAt) : '',
    headline: oneLine(
      newest.kind === 'run' ? (newest.headline ?? '') : newest.kind === 'unreadable' ? newest.reason : '',
    ),
  };
}

export function oneLine(text: string): string {
  return printable(text).replaceAll('\n', ' ');
}

/** The rows of a list that are in sight, with the selected one among them; `from` is the first one's place. */
export function window<Row>(
  rows: readonly Row[],
  selected: number,
  height: number,
): { readonly shown: readonly Row[]; readonly from: number } {
  const from = Math.max(0, Math.min(selected - Math.floor(height / 2), rows.length - height));
  return { shown: rows.slice(from, from + height), from };
}
