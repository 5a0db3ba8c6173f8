import { renderToString } from 'ink';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { MasterEvent } from '../src/events.ts';
import { Screen } from '../src/ui/Screen.tsx';
import { initialState, reduceEvent, reduceKey, type ViewState } from '../src/ui/state.ts';
import { oneOfEach } from './events.ts';
import { cloudRecord } from './records.ts';

const wideName = `${'写真🏔é'.repeat(30)}.jpg`;

function seeing(events: readonly MasterEvent[], from = initialState(0)): ViewState {
  return events.reduce((state, event) => reduceEvent(state, event, 60_000), from);
}

function draw(state: ViewState, columns: number, rows: number): string[] {
  return renderToString(<Screen place="" state={state} columns={columns} rows={rows} nowMs={61_000} />, {
    columns,
  }).split('\n');
}

const inFlight = Array.from(
  { length: 200 },
  (_, index): MasterEvent => ({ ...oneOfEach.imageStarted, image: `${index} ${wideName}` }),
);
const failed = {
  ...oneOfEach.imageFinished,
  record: cloudRecord({ image: wideName, status: 'error', error: `truncated: ${'very '.repeat(99)}long` }),
};
const everything = seeing([oneOfEach.runStarted, ...inFlight, ...Object.values(oneOfEach), failed]);
const running = seeing([
  oneOfEach.runStarted,
  { type: 'stageStarted', stage: 'wait' },
  { type: 'stageProgress', stage: 'wait', done: 0, total: 200_000, unit: 'images' },
]);
const halfDone = reduceEvent(
  running,
  { type: 'stageProgress', stage: 'wait', done: 1000, total: 200_000, unit: 'images' },
  60_500,
);

const views: Record<string, ViewState> = {
  'at the start': initialState(0),
  'of everything at once': everything,
  'with help': reduceKey(everything, { type: 'toggleHelp' }),
  'with a failed image': reduceKey(everything, { type: 'toggleFailures' }),
  'without a failed image': reduceKey(initialState(0), { type: 'toggleFailures' }),
  'with a question': reduceKey(everything, {
    type: 'ask',
    question: `/a/${'long/'.repeat(40)}path holds files. Delete them?`,
  }),
  'in the middle of a stage': halfDone,
};

describe.each([
  [80, 24],
  [200, 50],
  [40, 24],
  [20, 10],
] as const)('a terminal of %d x %d', (columns, rows) => {
  it.each(Object.keys(views))('holds the screen %s', (name) => {
    const lines = draw(views[name] ?? initialState(0), columns, rows);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    // One row stays free: a view as tall as the terminal flickers.
    expect(lines.length).toBeLessThan(rows);
  });
});

describe('the screen at 80 x 24', () => {
  const text = (state: ViewState) => draw(state, 80, 24).join('\n');

  it('shows all stages, both sides, what is in flight and the keys', () => {
    const shown = text(everything);
    expect(shown).toContain('12 images x 3, on-prem against cloud (local)');
    expect(shown.match(/^[·▸✓■✗-] \p{Lu}.*$/gmu)).toHaveLength(8);
    expect(shown).toContain('199 in flight: 0 写真');
    expect(shown).toContain('2 failed');
    expect(shown).toContain('? help  p pause log  l problems  f 2 failed  q stop');
  });

  it('has room for count, rate and time left in the largest runs', () => {
    expect(text(halfDone)).toContain('░░░░░░░   1000/200000  1000/s ETA 3 min 19 s');
  });

  it('shows help whole', () => {
    const shown = text(reduceKey(everything, { type: 'toggleHelp' }));
    for (const words of [
      'stop cleanly',
      'this help',
      'follow it again',
      'scroll to choose one',
      'details of failed',
    ])
      expect(shown).toContain(words);
  });

  it('shows a failed image with its reason', () => {
    const shown = text(
      reduceKey(reduceKey(everything, { type: 'toggleFailures' }), { type: 'move', lines: -1, pageLines: 7 }),
    );
    expect(shown).toContain('Failed image 2 of 2');
    expect(shown).toContain('truncated: very very');
  });

  it('shows a long question to its end, and how to answer', () => {
    const shown = text(
      reduceKey(everything, { type: 'ask', question: `${'/long'.repeat(50)} holds files. Delete them?` }),
    );
    expect(shown).toContain('Delete them?');
    expect(shown).toContain('y yes, delete  n no');
  });

  it('folds long log lines and keeps the newest in sight', () => {
    const log = (message: string): MasterEvent => ({ type: 'log', level: 'error', message });
    const shown = text(
      seeing([log('older'), log(`reason ${'word '.repeat(30)}end-of-reason`), log('newest')]),
    );
    for (const words of ['older', 'end-of-reason', 'newest']) expect(shown).toContain(words);
    expect(text(seeing(Array.from({ length: 20 }, (_, index) => log(`line ${index}`))))).toMatch(
      /line 13(.|\n)*line 19/,
    );
  });

  it('says that the run is stopping', () => {
    const shown = text(
      reduceEvent(reduceKey(everything, { type: 'stopping' }), { type: 'stageStopped', stage: 'wait' }, 0),
    );
    expect(shown).toContain('stopping, q again to leave at once');
    expect(shown).toMatch(/■ Wait for the cloud +stopped/);
  });
});

it('names its place in a sequence of runs', () => {
  const screen = <Screen place="2 of 3: " state={initialState(0)} columns={80} rows={24} nowMs={0} />;
  expect(renderToString(screen, { columns: 80 })).toContain('Skyground  2 of 3: starting');
});
