import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { chart, painted, text } from '../src/ui/home/block.ts';
import type { HomeEntry } from '../src/ui/home/entry.ts';
import { HomeScreen } from '../src/ui/home/HomeScreen.tsx';
import { keyHint } from '../src/ui/home/keys.ts';
import { type HomeState, initialHome } from '../src/ui/home/state.ts';
import { brokenEntry, comparisonEntry, experimentEntry } from './home-entries.ts';

const hostile = `a\u001b[2J\u202e\n${'写真🏔é'.repeat(60)}`;
const folder = `/results/dummy/${hostile}`;
const damaged: HomeEntry = {
  ...experimentEntry('dummy', []),
  title: hostile,
  runs: [{ kind: 'unreadable', folder, reason: hostile }],
  newest: { kind: 'unreadable', reason: hostile },
};
const entries = [
  comparisonEntry,
  damaged,
  brokenEntry,
  experimentEntry('b', ['20261121T063000.123Z'], hostile),
];
const blocks = [
  text(hostile, 'bad'),
  chart((width) => [[{ text: `${hostile}${'█'.repeat(width)}`, role: 'onPrem' }]]),
  painted((width) => ['x'.repeat(3 * width)]),
  ...Array.from({ length: 60 }, (_, line) => text(`line ${line}`)),
];
const loaded: HomeState = {
  ...initialHome(),
  entries,
  newest: new Map(entries.map(({ id }) => [id, blocks])),
  indexPage: `/metrics/${hostile}/charts/index.html`,
};
const runPage = { kind: 'run', id: 'dummy', folder, blocks, scrolled: 0 } as const;

const views: Readonly<Record<string, HomeState>> = {
  'while it loads': initialHome(),
  'of experiments': { ...loaded, selected: 1, marked: ['dummy'] },
  'of many experiments': {
    ...loaded,
    entries: Array.from({ length: 70 }, (_, index) => experimentEntry(`e${index}`, [])),
    selected: 69,
  },
  'with help': { ...loaded, isHelp: true },
  'of a plan that loads': {
    ...loaded,
    page: { kind: 'plan', ids: ['dummy'], blocks: undefined, scrolled: 0 },
  },
  'of runs': { ...loaded, page: { kind: 'runs', id: 'dummy', selected: 0 } },
  'of a run scrolled beyond its end': { ...loaded, page: { ...runPage, scrolled: 999 } },
  'with a question': { ...loaded, page: runPage, deleting: folder },
  'with a notice': { ...loaded, notice: hostile },
  'of results': { ...loaded, page: { kind: 'results', blocks, scrolled: 0 } },
};

function draw(state: HomeState, columns: number, rows: number): string {
  return renderToString(<HomeScreen state={state} columns={columns} rows={rows} />, { columns });
}

describe.each([
  [80, 24],
  [200, 50],
  [40, 24],
  [20, 10],
] as const)('a terminal of %d x %d', (columns, rows) => {
  it.each(Object.keys(views))('holds the home screen %s', (name) => {
    const drawn = draw(views[name] ?? loaded, columns, rows);
    const lines = drawn.split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    expect(lines.length).toBeLessThan(rows);
    for (const steering of ['\u001b[2J', '\u202e']) expect(drawn).not.toContain(steering);
  });
});

describe('the home screen', () => {
  it('says of each newest run when it was and whether it is valid', () => {
    const shown = draw(
      { ...loaded, entries: [comparisonEntry, experimentEntry('b', ['20261121T063000.123Z'])] },
      120,
      30,
    );
    expect(shown).toMatch(
      /▸ \[ \] The main comparison, start to verdict +valid +2026-11-21 06:30 UTC +No difference/,
    );
    expect(shown).toMatch(/Tortoise and hare +NOT VALID +2026-11-21 06:30 UTC +hare wins\./);
  });

  it('shows the main comparison beside the selected experiment where there is room', () => {
    const newest = new Map([
      ['comparison', [text('left side')]],
      ['b', [text('right side')]],
    ]);
    const state = { ...loaded, newest, selected: 1, entries: [comparisonEntry, experimentEntry('b', [])] };
    expect(draw(state, 200, 50)).toMatch(/left side +right side/);
    expect(draw(state, 80, 24)).not.toContain('left side');
    expect(draw(state, 80, 24)).toContain('right side');
  });

  it('shows the end of a page that was scrolled to it', () => {
    expect(draw(views['of a run scrolled beyond its end'] ?? loaded, 80, 24)).toContain('line 59');
  });
});

it('says which lines of a page are in sight, and of a run on the list that there is more', () => {
  const scrolled = draw({ ...loaded, page: { ...runPage, scrolled: 10 } }, 80, 24);
  expect(scrolled.split('\n')[0]).toMatch(/lines 11-30 of \d+$/);
  const list = draw({ ...loaded, selected: 3 }, 80, 24).split('\n');
  expect(list.some((line) => line.trim() === '... b shows the rest')).toBe(true);
  const small: HomeState = { ...loaded, newest: new Map(entries.map(({ id }) => [id, [text('one')]])) };
  expect(draw(small, 80, 24)).not.toContain('the rest');
  expect(draw({ ...small, page: { ...runPage, blocks: [text('one')] } }, 80, 24)).not.toContain('lines 1');
});

it.each(Object.entries(views))('tells all keys in 80 columns %s', (_name, state) => {
  expect(keyHint(state).length).toBeLessThanOrEqual(80);
});
