import { type Block, emptyLine, layOut, type StyledLine, text } from './block.ts';
import { comparisonId } from './load-entries.ts';
import { entryOf, type HomeState, selectedEntry } from './state.ts';

/** Title, its empty line, last line, and a row that stays free: a view as tall as the terminal flickers. */
const fixedRows = 4;
/** From here on two columns have room for charts. */
const columnsForTwo = 120;
const gap = 2;

const loading: readonly Block[] = [text('loading ...', 'faint')];

/** What a screen of this size shows of a state: everything but colours and boxes. */
export interface Layout {
  /** Rows between title and last line. */
  readonly contentRows: number;
  /** Of the list, where the page has one. */
  readonly listRows: number;
  /** Texts beside each other. */
  readonly panes: readonly Pane[];
  readonly paneRows: number;
  readonly notice: readonly StyledLine[];
  /** Which lines of a page are in sight, where not all are. */
  readonly place: string | undefined;
  /** How far the page can be scrolled. */
  readonly furthest: number;
}

interface Pane {
  readonly width: number;
  readonly lines: readonly StyledLine[];
}

export function layoutOf(state: HomeState, columns: number, rows: number): Layout {
  const notice = noticeOf(state, columns).slice(0, Math.max(1, Math.floor(rows / 4)));
  const contentRows = Math.max(1, rows - fixedRows - notice.length);
  const { page } = state;
  switch (page.kind) {
    case 'experiments': {
      const entries = state.entries?.length ?? 1;
      const listRows = Math.min(entries, Math.ceil(contentRows / 2));
      const paneRows = Math.max(0, contentRows - listRows - 1);
      const panes = panesOf(state, columns, paneRows);
      return { contentRows, listRows, panes, paneRows, notice, place: undefined, furthest: 0 };
    }
    case 'runs':
      return {
        contentRows,
        listRows: contentRows,
        panes: [],
        paneRows: 0,
        notice,
        place: undefined,
        furthest: 0,
      };
    default: {
      const lines = layOut(page.blocks ?? loading, columns);
      const furthest = Math.max(0, lines.length - contentRows);
      // After a resize the place may lie beyond the end.
      const from = Math.min(page.scrolled, furthest);
      const panes = [{ width: columns, lines: lines.slice(from) }];
      const place = furthest === 0 ? undefined : `lines ${from + 1}-${from + contentRows} of ${lines.length}`;
      return { contentRows, listRows: 0, panes, paneRows: contentRows, notice, place, furthest };
    }
  }
}

/** The selected experiment's newest run; beside the main comparison's where there is room. */
function panesOf(state: HomeState, columns: number, rows: number): readonly Pane[] {
  const id = selectedEntry(state)?.id ?? comparisonId;
  const newest = (of: string): readonly Block[] => state.newest.get(of) ?? loading;
  if (columns < columnsForTwo || id === comparisonId) {
    return [{ width: columns, lines: cut(layOut(newest(id), columns), rows, '... b shows the rest') }];
  }
  const titled = (of: string): readonly Block[] => [
    text(`[${entryOf(state, of)?.title ?? of}]`, 'faint'),
    ...newest(of),
  ];
  const left = Math.floor((columns - gap) / 2);
  const right = columns - gap - left;
  return [
    { width: left + gap, lines: cut(layOut(titled(comparisonId), left), rows, '...') },
    { width: right, lines: cut(layOut(titled(id), right), rows, '... b shows the rest') },
  ];
}

/** The last line says that there is more. */
function cut(lines: readonly StyledLine[], rows: number, rest: string): readonly StyledLine[] {
  if (lines.length <= rows || rows < 2) return lines;
  return [...lines.slice(0, rows - 1), [{ text: rest, style: 'faint' }]];
}

function noticeOf({ notice, deleting }: HomeState, columns: number): readonly StyledLine[] {
  if (deleting !== undefined) {
    return layOut([emptyLine, text(`Delete ${deleting} with its samples, for good?`, 'warn')], columns);
  }
  return notice === undefined ? [] : layOut([emptyLine, text(notice, 'warn')], columns);
}
