import type { HomeEntry } from './entry.ts';
import {
  entryOf,
  type HomeAction,
  type HomeState,
  isOfComparison,
  type Page,
  runInSight,
  selectedEntry,
} from './state.ts';

export function reduceHomeKey(before: HomeState, action: HomeAction): HomeState {
  const state = { ...before, notice: undefined };
  switch (action.type) {
    case 'toggleHelp':
      return { ...state, isHelp: !state.isHelp };
    case 'move':
      return moved(state, action.by, action.furthest);
    case 'mark':
      return state.page.kind === 'experiments' ? marked(state) : state;
    case 'enter':
      return entered(state);
    case 'browse':
      return state.page.kind === 'experiments' ? browsed(state) : state;
    case 'back':
      return state.isHelp ? { ...state, isHelp: false } : { ...state, page: pageBefore(state) };
    case 'askDelete': {
      const folder = runInSight(state);
      if (folder === undefined) return { ...state, notice: 'b shows the runs; d deletes one of them.' };
      return isOfComparison(state)
        ? { ...state, notice: '`npm run master -- clean` removes the main comparison.' }
        : { ...state, deleting: folder };
    }
    case 'answered':
      return { ...state, deleting: undefined };
  }
}

function moved(state: HomeState, by: number, furthest: number): HomeState {
  const { page } = state;
  const bounded = (value: number, last: number) => Math.max(0, Math.min(value, last));
  switch (page.kind) {
    case 'experiments':
      return { ...state, selected: bounded(state.selected + by, (state.entries?.length ?? 1) - 1) };
    case 'runs': {
      const entry = entryOf(state, page.id);
      const last = entry?.kind === 'experiment' ? entry.runs.length - 1 : 0;
      return { ...state, page: { ...page, selected: bounded(page.selected + by, last) } };
    }
    default:
      return { ...state, page: { ...page, scrolled: bounded(page.scrolled + by, furthest) } };
  }
}

function marked(state: HomeState): HomeState {
  const entry = selectedEntry(state);
  if (entry === undefined) return { ...state, notice: stillLoading };
  if (entry.kind === 'broken') return { ...state, notice: cannotRun(entry) };
  const without = state.marked.filter((id) => id !== entry.id);
  return { ...state, marked: without.length < state.marked.length ? without : [...without, entry.id] };
}

function entered(state: HomeState): HomeState {
  const { page } = state;
  if (page.kind === 'results') return { ...state, page: { kind: 'experiments' } };
  if (page.kind === 'runs') {
    const folder = runInSight(state);
    if (folder === undefined) return state;
    return { ...state, page: { kind: 'run', id: page.id, folder, blocks: undefined, scrolled: 0 } };
  }
  if (page.kind === 'plan') return { ...state, notice: 'The plan is still being worked out.' };
  if (page.kind !== 'experiments') return state;
  const entry = selectedEntry(state);
  if (entry === undefined) return { ...state, notice: stillLoading };
  // In the order of the list, whatever the order of marking was.
  const marks = (state.entries ?? []).map(({ id }) => id).filter((id) => state.marked.includes(id));
  if (marks.length === 0 && entry.kind === 'broken') return { ...state, notice: cannotRun(entry) };
  const ids = marks.length > 0 ? marks : [entry.id];
  return { ...state, page: { kind: 'plan', ids, blocks: undefined, scrolled: 0 } };
}

function browsed(state: HomeState): HomeState {
  const entry = selectedEntry(state);
  if (entry === undefined) return { ...state, notice: stillLoading };
  const page = pageOfRuns(entry);
  return page === undefined ? { ...state, notice: 'There is no run to browse yet.' } : { ...state, page };
}

const stillLoading = 'Still loading: a moment.';

function cannotRun({ title }: HomeEntry): string {
  return `${title} cannot be run: the reason stands below the list.`;
}

/** The main comparison keeps one run, its newest. */
function pageOfRuns(entry: HomeEntry): Page | undefined {
  if (entry.kind === 'comparison') {
    return entry.newest.kind === 'none'
      ? undefined
      : { kind: 'run', id: entry.id, folder: entry.folder, blocks: undefined, scrolled: 0 };
  }
  if (entry.kind === 'broken' || entry.runs.length === 0) return undefined;
  return { kind: 'runs', id: entry.id, selected: 0 };
}

function pageBefore(state: HomeState): Page {
  const { page } = state;
  if (page.kind !== 'run') return { kind: 'experiments' };
  const entry = entryOf(state, page.id);
  if (entry?.kind !== 'experiment') return { kind: 'experiments' };
  const place = entry.runs.findIndex(({ folder }) => folder === page.folder);
  return { kind: 'runs', id: page.id, selected: Math.max(0, place) };
}
