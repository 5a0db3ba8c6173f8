import { describe, expect, it } from 'vitest';
import { text } from '../src/ui/home/block.ts';
import type { HomeEntry } from '../src/ui/home/entry.ts';
import { homeKeyOf } from '../src/ui/home/keys.ts';
import { reduceHomeKey } from '../src/ui/home/reduce-key.ts';
import { worstOf } from '../src/ui/home/results.ts';
import {
  type HomeAction,
  type HomeState,
  initialHome,
  reduceHomeEvent,
  runInSight,
} from '../src/ui/home/state.ts';
import { brokenEntry, comparisonEntry, experimentEntry } from './home-entries.ts';

const entries: readonly HomeEntry[] = [
  comparisonEntry,
  experimentEntry('dummy', ['20261121T063000.123Z', '20261120T063000.123Z']),
  experimentEntry('other', []),
  brokenEntry,
];
const loaded = reduceHomeEvent(initialHome(), { type: 'entriesLoaded', entries, indexPage: undefined });
const down: HomeAction = { type: 'move', by: 1, furthest: 0 };

function pressing(...actions: readonly (HomeAction | Exclude<HomeAction['type'], 'move'>)[]): HomeState {
  return actions.reduce<HomeState>(
    (state, action) => reduceHomeKey(state, typeof action === 'string' ? { type: action } : action),
    loaded,
  );
}

describe('choosing', () => {
  it('begins at the main comparison, so that Enter plans it', () => {
    expect(pressing('enter').page).toMatchObject({ kind: 'plan', ids: ['comparison'] });
  });

  it('moves only as far as there are experiments', () => {
    expect(pressing({ type: 'move', by: 99, furthest: 0 }).selected).toBe(3);
    expect(pressing({ type: 'move', by: -1, furthest: 0 }).selected).toBe(0);
  });

  it('plans what is marked, in the order of the list, and forgets a mark that is taken back', () => {
    expect(
      pressing(down, down, 'mark', { type: 'move', by: -2, furthest: 0 }, 'mark', 'enter').page,
    ).toMatchObject({ ids: ['comparison', 'other'] });
    expect(pressing(down, 'mark', 'mark', 'enter').page).toMatchObject({ ids: ['dummy'] });
  });

  it('neither marks nor plans what cannot be loaded', () => {
    for (const key of ['mark', 'enter'] as const) {
      const state = pressing(down, down, down, key);
      expect(state).toMatchObject({ marked: [], page: { kind: 'experiments' } });
      expect(state.notice).toContain('cannot be run');
    }
  });

  it('only says that it loads before the experiments are there', () => {
    for (const type of ['enter', 'mark', 'browse'] as const) {
      const pressed = reduceHomeKey(initialHome(), { type });
      expect(pressed).toMatchObject({
        page: { kind: 'experiments' },
        notice: expect.stringContaining('loading'),
      });
      const event = { type: 'entriesLoaded', entries, indexPage: undefined } as const;
      expect(reduceHomeEvent(pressed, event).notice).toBeUndefined();
    }
  });
});

describe('browsing', () => {
  it('leads to the list of runs, to one of them, and back to its place', () => {
    const run = pressing(down, 'browse', down, 'enter');
    expect(run.page).toMatchObject({
      kind: 'run',
      id: 'dummy',
      folder: '/results/dummy/20261120T063000.123Z',
    });
    expect(reduceHomeKey(run, { type: 'back' }).page).toEqual({ kind: 'runs', id: 'dummy', selected: 1 });
    expect(pressing(down, 'browse', down, 'enter', 'back', 'back').page).toEqual({ kind: 'experiments' });
  });

  it('shows the one run of the main comparison at once, and says so where there is none', () => {
    expect(pressing('browse').page).toMatchObject({ kind: 'run', folder: '/metrics' });
    expect(pressing(down, down, 'browse')).toMatchObject({
      page: { kind: 'experiments' },
      notice: expect.stringContaining('no run'),
    });
  });

  it('asks before it deletes, and offers to delete no comparison', () => {
    expect(pressing(down, 'browse', 'askDelete').deleting).toBe('/results/dummy/20261121T063000.123Z');
    expect(pressing(down, 'browse', 'askDelete', 'answered').deleting).toBeUndefined();
    const comparison = pressing('browse', 'askDelete');
    expect(comparison.deleting).toBeUndefined();
    expect(comparison.notice).toContain('clean');
    expect(pressing('askDelete')).toMatchObject({ deleting: undefined, notice: expect.any(String) });
  });

  it('stays at the runs that are left after one was deleted, or goes home', () => {
    const left = [comparisonEntry, experimentEntry('dummy', ['20261120T063000.123Z'])];
    const deleted = (list: readonly HomeEntry[]) =>
      reduceHomeEvent(pressing(down, 'browse', down), { type: 'deleted', entries: list, notice: 'Deleted.' });
    expect(deleted(left).page).toEqual({ kind: 'runs', id: 'dummy', selected: 0 });
    expect(deleted([comparisonEntry, experimentEntry('dummy', [])]).page).toEqual({ kind: 'experiments' });
    expect(runInSight(deleted(left))).toBe('/results/dummy/20261120T063000.123Z');
  });

  it('fills the page that waits, not one that was opened meanwhile', () => {
    const waiting = pressing('enter');
    const event = { type: 'pageLoaded', page: waiting.page, blocks: [text('plan')] } as const;
    expect(reduceHomeEvent(waiting, event).page).toMatchObject({ blocks: [{ text: 'plan' }] });
    const other = pressing(down, 'enter');
    expect(reduceHomeEvent(other, event)).toBe(other);
  });

  it('scrolls a page no further than it goes', () => {
    expect(pressing('enter', { type: 'move', by: 9, furthest: 4 }).page).toMatchObject({ scrolled: 4 });
    expect(pressing('enter', { type: 'move', by: -9, furthest: 4 }).page).toMatchObject({ scrolled: 0 });
  });
});

describe('keys', () => {
  const reach = { pageLines: 10, furthest: 30 };
  it.each([
    ['j', {}, { type: 'move', by: 1, furthest: 30 }],
    ['', { pageUp: true }, { type: 'move', by: -10, furthest: 30 }],
    ['', { return: true }, { type: 'enter' }],
    ['', { escape: true }, { type: 'back' }],
    [' ', {}, { type: 'mark' }],
    ['c', { ctrl: true }, { type: 'stop' }],
    ['q', {}, { type: 'leave' }],
    ['x', {}, undefined],
  ])('%j %j', (input, key, expected) => {
    expect(homeKeyOf(input, key, loaded, reach)).toEqual(expected);
  });

  it('mean run on the plan, and nothing but an answer while a question is asked', () => {
    const waiting = pressing('enter');
    const event = { type: 'pageLoaded', page: waiting.page, blocks: [] } as const;
    expect(homeKeyOf('', { return: true }, reduceHomeEvent(waiting, event), reach)).toEqual({ type: 'run' });
    const asked = pressing(down, 'browse', 'askDelete');
    expect(homeKeyOf('y', {}, asked, reach)).toEqual({ type: 'delete' });
    expect(homeKeyOf('q', {}, asked, reach)).toBeUndefined();
    expect(homeKeyOf('', { return: true }, asked, reach)).toEqual({ type: 'answered' });
    expect(homeKeyOf('c', { ctrl: true }, asked, reach)).toEqual({ type: 'stop' });
  });

  it('run no plan that nobody could read: one that is being worked out, or lies below the help', () => {
    const waiting = pressing('enter');
    expect(homeKeyOf('', { return: true }, waiting, reach)).toEqual({ type: 'enter' });
    expect(reduceHomeKey(waiting, { type: 'enter' }).notice).toContain('plan');
    const event = { type: 'pageLoaded', page: waiting.page, blocks: [] } as const;
    const covered = reduceHomeKey(reduceHomeEvent(waiting, event), { type: 'toggleHelp' });
    expect(homeKeyOf('', { return: true }, covered, reach)).toEqual({ type: 'toggleHelp' });
    expect(homeKeyOf('', { escape: true }, covered, reach)).toEqual({ type: 'toggleHelp' });
    for (const input of [' ', 'd', 'j']) expect(homeKeyOf(input, {}, covered, reach)).toBeUndefined();
    expect(homeKeyOf('c', { ctrl: true }, covered, reach)).toEqual({ type: 'stop' });
  });
});

it('the exit code is the worst of a sequence, and 0 without one', () => {
  const worst = (...codes: readonly number[]) =>
    worstOf(codes.map((exitCode) => ({ id: 'a', title: 'a', exitCode })));
  expect([worst(), worst(0, 0), worst(0, 99), worst(99, 3, 0), worst(1, 3), worst(2, 1)]).toEqual([
    0, 0, 99, 3, 1, 1,
  ]);
});
