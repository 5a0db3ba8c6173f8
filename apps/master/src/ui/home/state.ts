import type { Block } from './block.ts';
import type { HomeEntry } from './entry.ts';

/** What the home screen shows: a pure fold over keys and what was loaded. `undefined` is what is still being loaded. */
export interface HomeState {
  readonly entries: readonly HomeEntry[] | undefined;
  /** The page of all newest charts; undefined where there is none yet. */
  readonly indexPage: string | undefined;
  readonly selected: number;
  /** Ids of what shall run in sequence. */
  readonly marked: readonly string[];
  /** Newest runs, by id of their entry. */
  readonly newest: ReadonlyMap<string, readonly Block[]>;
  readonly page: Page;
  readonly isHelp: boolean;
  /** The run that shall be deleted, while the person is asked. */
  readonly deleting: string | undefined;
  /** The last thing that happened, in a line. */
  readonly notice: string | undefined;
}

export type Page =
  | { readonly kind: 'experiments' }
  | {
      readonly kind: 'plan';
      readonly ids: readonly string[];
      readonly blocks: readonly Block[] | undefined;
      readonly scrolled: number;
    }
  | { readonly kind: 'runs'; readonly id: string; readonly selected: number }
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly folder: string;
      readonly blocks: readonly Block[] | undefined;
      readonly scrolled: number;
    }
  /** What came of the runs that were just started from here. */
  | { readonly kind: 'results'; readonly blocks: readonly Block[]; readonly scrolled: number };

export type HomeAction =
  /** Down is positive. `furthest` is how far a page can be scrolled. */
  | { readonly type: 'move'; readonly by: number; readonly furthest: number }
  | { readonly type: 'mark' | 'enter' | 'browse' | 'back' | 'toggleHelp' | 'askDelete' | 'answered' };

export type HomeEvent =
  | {
      readonly type: 'entriesLoaded';
      readonly entries: readonly HomeEntry[];
      readonly indexPage: string | undefined;
    }
  | { readonly type: 'newestLoaded'; readonly id: string; readonly blocks: readonly Block[] }
  /** For the page that waits for it; another one may have been opened meanwhile. */
  | { readonly type: 'pageLoaded'; readonly page: Page; readonly blocks: readonly Block[] }
  | { readonly type: 'deleted'; readonly entries: readonly HomeEntry[]; readonly notice: string }
  | { readonly type: 'notice'; readonly text: string };

export function initialHome(page: Page = { kind: 'experiments' }, selected = 0): HomeState {
  return {
    entries: undefined,
    indexPage: undefined,
    selected,
    marked: [],
    newest: new Map(),
    page,
    isHelp: false,
    deleting: undefined,
    notice: undefined,
  };
}

/** What Enter and b are about on the list of experiments. */
export function selectedEntry({ entries, selected }: HomeState): HomeEntry | undefined {
  return entries?.[selected];
}

/** The entry that a page of runs belongs to. */
export function entryOf({ entries }: HomeState, id: string): HomeEntry | undefined {
  return entries?.find((entry) => entry.id === id);
}

/** Whether the page shows a run of the main comparison. */
export function isOfComparison(state: HomeState): boolean {
  return 'id' in state.page && entryOf(state, state.page.id)?.kind === 'comparison';
}

/** The folder of the run that o and d are about. */
export function runInSight(state: HomeState): string | undefined {
  const { page } = state;
  if (page.kind === 'run') return page.folder;
  if (page.kind !== 'runs') return undefined;
  const entry = entryOf(state, page.id);
  return entry?.kind === 'experiment' ? entry.runs[page.selected]?.folder : undefined;
}

export function reduceHomeEvent(state: HomeState, event: HomeEvent): HomeState {
  switch (event.type) {
    case 'entriesLoaded': {
      const { entries, indexPage } = event;
      // What was said of their loading is no longer so.
      return { ...state, entries, indexPage, notice: undefined, selected: within(state.selected, entries) };
    }
    case 'newestLoaded':
      return { ...state, newest: new Map([...state.newest, [event.id, event.blocks]]) };
    case 'pageLoaded': {
      const { page } = state;
      if (page !== event.page || !('blocks' in page)) return state;
      return { ...state, notice: undefined, page: { ...page, blocks: event.blocks } };
    }
    case 'deleted': {
      const { entries, notice } = event;
      const { page } = state;
      const id = 'id' in page ? page.id : '';
      const newest = new Map([...state.newest].filter(([known]) => known !== id));
      const next = { ...state, entries, notice, newest };
      return { ...next, page: page.kind === 'run' || page.kind === 'runs' ? runsPage(next, id) : page };
    }
    case 'notice':
      return { ...state, notice: event.text };
  }
}

/** Where the last run is gone, the experiments are what is left to show. */
function runsPage(state: HomeState, id: string): Page {
  const entry = entryOf(state, id);
  const runs = entry?.kind === 'experiment' ? entry.runs : [];
  if (runs.length === 0) return { kind: 'experiments' };
  return { kind: 'runs', id, selected: within(state.page.kind === 'runs' ? state.page.selected : 0, runs) };
}

function within(index: number, list: readonly unknown[]): number {
  return Math.max(0, Math.min(index, list.length - 1));
}
