import type { Key } from 'ink';
import type { KeyHelp } from '../keys.ts';
import { type HomeAction, type HomeState, isOfComparison } from './state.ts';

/** What a key means: a change of the screen, or something that reaches beyond it. */
export type HomeKey = HomeAction | { readonly type: 'run' | 'report' | 'delete' | 'leave' | 'stop' };

/** How far one key can move: what the screen has room for decides it. */
export interface Reach {
  readonly pageLines: number;
  readonly furthest: number;
}

export function homeKeyOf(
  input: string,
  key: Partial<Key>,
  state: HomeState,
  { pageLines, furthest }: Reach,
): HomeKey | undefined {
  if (key.ctrl === true && input === 'c') return { type: 'stop' };
  if (state.deleting !== undefined) {
    if (input === 'y' || input === 'Y') return { type: 'delete' };
    const isNo = input === 'n' || input === 'N' || key.escape === true || key.return === true;
    return isNo ? { type: 'answered' } : undefined;
  }
  // What the help covers must not change unseen, and least of all be run.
  if (state.isHelp) {
    if (input === 'q') return { type: 'leave' };
    const isClosed = input === '?' || input === 'h' || key.escape === true || key.return === true;
    return isClosed ? { type: 'toggleHelp' } : undefined;
  }
  if (key.upArrow === true || input === 'k') return { type: 'move', by: -1, furthest };
  if (key.downArrow === true || input === 'j') return { type: 'move', by: 1, furthest };
  if (key.pageUp === true) return { type: 'move', by: -pageLines, furthest };
  if (key.pageDown === true) return { type: 'move', by: pageLines, furthest };
  if (key.return === true || input === '\r') return { type: isPlanInSight(state) ? 'run' : 'enter' };
  if (key.escape === true || key.leftArrow === true || key.backspace === true) return { type: 'back' };
  switch (input) {
    case ' ':
      return { type: 'mark' };
    case 'b':
      return { type: 'browse' };
    case 'o':
      return { type: 'report' };
    case 'd':
      return { type: 'askDelete' };
    case '?':
    case 'h':
      return { type: 'toggleHelp' };
    case 'q':
      return { type: 'leave' };
    default:
      return undefined;
  }
}

/** What nobody could read yet is not run. */
function isPlanInSight({ page }: HomeState): boolean {
  return page.kind === 'plan' && page.blocks !== undefined;
}

export const homeKeyHelp: KeyHelp = [
  ['k/j, arrows, PgUp/PgDn', 'choose, or scroll'],
  ['space', 'mark: all that is marked runs, one after the other'],
  ['Enter', 'what it would do and cost; again: run it'],
  ['b', 'browse finished runs; Enter shows one'],
  ['o', 'open the report of a run; on the list: the page of all charts'],
  ['d', 'delete a run, after a question'],
  ['Esc, left', 'back'],
  ['?', 'this help'],
  ['q, Ctrl-C', 'leave'],
];

/** The keys that mean something now, for the last line. */
export function keyHint(state: HomeState): string {
  const { page, deleting, isHelp } = state;
  if (deleting !== undefined) return 'y yes, delete it for good  n no, keep it';
  if (isHelp) return '? close help  q leave';
  switch (page.kind) {
    case 'experiments':
      return '? help  up/down choose  space mark  Enter plan, run  b runs  o charts  q leave';
    case 'plan':
      return '? help  Enter run  up/down scroll  Esc back  q leave';
    case 'runs':
      return '? help  up/down choose  Enter show  o report  d delete  Esc back  q leave';
    case 'run':
      return `? help  up/down scroll  o report  ${isOfComparison(state) ? '' : 'd delete  '}Esc back  q leave`;
    case 'results':
      return '? help  up/down scroll  Enter back  q leave';
  }
}
