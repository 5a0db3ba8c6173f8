import { printable } from '../output/format.ts';

export interface LogLine {
  readonly level: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** The log that a view shows, and where in it the person looks. */
export interface LogView {
  readonly log: readonly LogLine[];
  /** Lines scrolled back from the newest of those shown; undefined follows the log. */
  readonly scrolledBack: number | undefined;
  /** Whether only warnings and errors are shown. */
  readonly isOnlyProblems: boolean;
}

export type LogAction =
  | { readonly type: 'togglePause' }
  | { readonly type: 'toggleOnlyProblems' }
  /** Up is positive. `pageLines` is how many lines the pane shows. */
  | { readonly type: 'move'; readonly lines: number; readonly pageLines: number };

export const emptyLog: LogView = { log: [], scrolledBack: undefined, isOnlyProblems: false };

/** What a person scrolls through. */
export const maximumLogLines = 500;

/** The view with a text at the end of its log, one line of the log for each of the text. */
export function logged<View extends LogView>(view: View, level: LogLine['level'], text: string): View {
  const added = printable(text)
    .trimEnd()
    .split('\n')
    .map((line) => ({ level, text: line }));
  const log = [...view.log, ...added].slice(-maximumLogLines);
  const next = { ...view, log };
  if (view.scrolledBack === undefined) return next;
  // While the person has scrolled back, what they read stays where it is.
  const shownOfAdded = view.isOnlyProblems && level === 'info' ? 0 : added.length;
  const last = Math.max(0, shownLines(next).length - 1);
  return { ...next, scrolledBack: Math.min(view.scrolledBack + shownOfAdded, last) };
}

export function shownLines({ log, isOnlyProblems }: LogView): readonly LogLine[] {
  return isOnlyProblems ? log.filter(({ level }) => level !== 'info') : log;
}

export function reduceLog<View extends LogView>(view: View, action: LogAction): View {
  switch (action.type) {
    case 'togglePause':
      return { ...view, scrolledBack: view.scrolledBack === undefined ? 0 : undefined };
    case 'toggleOnlyProblems':
      return { ...view, isOnlyProblems: !view.isOnlyProblems, scrolledBack: undefined };
    case 'move': {
      const furthest = Math.max(0, shownLines(view).length - action.pageLines);
      const back = Math.min(furthest, (view.scrolledBack ?? 0) + action.lines);
      // Down to the newest line again: follow the log.
      return { ...view, scrolledBack: back <= 0 ? undefined : back };
    }
  }
}

/** For the line of keys: what the keys of the log would do now. */
export function logHint({ scrolledBack, isOnlyProblems }: LogView): string {
  const pause = scrolledBack === undefined ? 'p pause log' : 'p follow log (paused)';
  return `${pause}  ${isOnlyProblems ? 'l all lines' : 'l problems'}`;
}
