import type { Observation, RunEvent } from '@skyground/experiment';
import { renderToString } from 'ink';
import { render } from 'ink-testing-library';
import stringWidth from 'string-width';
import { describe, expect, it, vi } from 'vitest';
import { armRow, armsInSight } from '../src/ui/live/arm-rows.ts';
import { LiveApp } from '../src/ui/live/LiveApp.tsx';
import { LiveScreen } from '../src/ui/live/LiveScreen.tsx';
import {
  initialLive,
  type LiveAction,
  type LiveState,
  reduceLiveKey,
  reduceRunEvent,
} from '../src/ui/live/state.ts';
import { ViewStore } from '../src/ui/store.ts';

const hostile = `a\u001b[2J\u202e${'写真🏔é'.repeat(30)}`;

function started(arms: Readonly<Record<string, readonly [units: number, finished: number]>>): RunEvent {
  const list = Object.entries(arms).map(([arm, [units, finishedUnits]]) => ({ arm, units, finishedUnits }));
  return {
    type: 'runStarted',
    experimentId: 'dummy',
    folder: '/r/dummy/1',
    targetLabel: 'cloud (local)',
    units: list.reduce((sum, { units }) => sum + units, 0),
    finishedUnits: list.reduce((sum, { finishedUnits }) => sum + finishedUnits, 0),
    arms: list,
    estimatedDurationMs: 1000,
    isResumed: list.some(({ finishedUnits }) => finishedUnits > 0),
  };
}

function sample(finishedUnits: number, units: number, change: Partial<Observation> = {}): RunEvent {
  const observation: Observation = {
    arm: 'hare',
    unit: 'race#1',
    dueAtMs: null,
    startedAtMs: 0,
    endedAtMs: 20,
    durationMs: 20,
    outcome: 'succeeded',
    start: 'warm',
    didWork: true,
    variant: null,
    isCompared: true,
    payload: null,
    ...change,
  };
  return { type: 'sampleRecorded', observation, finishedUnits, units };
}

function seeing(...events: readonly (readonly [RunEvent, number])[]): LiveState {
  return events.reduce(
    (state, [event, nowMs]) => reduceRunEvent(state, event, nowMs),
    initialLive('Tortoise and hare', 0),
  );
}

describe('the live view of an experiment', () => {
  it('counts units, failures and cold starts by arm, and warm-up as no unit', () => {
    const state = seeing(
      [started({ tortoise: [2, 0], hare: [3, 0] }), 0],
      [sample(0, 5, { unit: 'warm-up#1', isCompared: false, start: 'cold' }), 10],
      [sample(1, 5), 20],
      [sample(2, 5, { durationMs: 40 }), 30],
      [sample(3, 5, { durationMs: null, outcome: 'timed out' }), 40],
    );
    expect(state.arms.map(armRow)).toEqual([
      { name: 'tortoise', done: '0/2', medianSoFar: '-', failed: '0', cold: '0' },
      { name: 'hare', done: '3/3', medianSoFar: '30.0 ms', failed: '1', cold: '1' },
    ]);
    expect(state.log.at(-1)).toEqual({ level: 'error', text: 'hare race#1: timed out' });
  });

  it('takes the pace from what was measured while we looked, not from before a resume or from the warm-up', () => {
    const state = seeing(
      [started({ hare: [100, 60] }), 0],
      [sample(60, 100, { unit: 'warm-up#1', isCompared: false }), 5_000],
      [sample(61, 100), 10_000],
      [sample(62, 100), 11_000],
    );
    expect(state.arms[0]).toMatchObject({ done: 62, planned: 100 });
    expect(state.progress).toEqual({ done: 62, total: 100, unit: 'units', firstDone: 61, firstMs: 10_000 });
  });

  it('shows the arms from the one that is being measured, and how many it cannot show', () => {
    const arms = Array.from({ length: 9 }, (_, index) => ({
      ...seeing([started({ [`w${index}`]: [1, index < 4 ? 1 : 0] }), 0]).arms[0],
    })) as LiveState['arms'];
    const names = (height: number) => armsInSight(arms, height).shown.map(({ name }) => name);
    expect(names(9)).toHaveLength(9);
    expect(names(4)).toEqual(['w4', 'w5', 'w6']);
    expect(names(6)).toEqual(['w4', 'w5', 'w6', 'w7', 'w8']);
    expect(armsInSight(arms, 4).left).toBe(6);
  });
});

const busy = seeing(
  [
    started({
      [hostile]: [90_000, 0],
      hare: [90_000, 0],
      ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`arm ${index}`, [1, 0] as const])),
    }),
    0,
  ],
  [{ type: 'progress', activity: hostile }, 0],
  [sample(1, 180_040, { arm: hostile, outcome: 'failed' }), 1_000],
  [sample(2, 180_040), 1_000],
  [sample(500, 180_040), 2_000],
  [{ type: 'log', level: 'warning', message: hostile }, 0],
  [{ type: 'derived', verdict: { headline: hostile, sentences: [] }, findings: [], thresholds: [] }, 0],
);
const views: Readonly<Record<string, LiveState>> = {
  'at the start': initialLive('Tortoise and hare', 0),
  'of everything at once': busy,
  'with help': reduceLiveKey(busy, { type: 'toggleHelp' }),
  'while stopping': reduceLiveKey(busy, { type: 'stopping' }),
};

describe.each([
  [80, 24],
  [200, 50],
  [40, 24],
  [20, 10],
] as const)('a terminal of %d x %d', (columns, rows) => {
  it.each(Object.keys(views))('holds the live view %s', (name) => {
    const drawn = renderToString(
      <LiveScreen state={views[name] ?? busy} columns={columns} rows={rows} nowMs={3_000} />,
      { columns },
    );
    const lines = drawn.split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(columns);
    expect(lines.length).toBeLessThan(rows);
    for (const steering of ['\u001b[2J', '\u202e']) expect(drawn).not.toContain(steering);
  });
});

it.each([
  ['?', { overlay: 'help' }],
  ['p', { scrolledBack: 0 }],
  ['l', { isOnlyProblems: true }],
  ['\u001b[A', { scrolledBack: 1 }],
])('the key %j acts on the live view', async (keys, expected) => {
  const store = new ViewStore<LiveState, RunEvent, LiveAction>(
    initialLive('Tortoise and hare', 0),
    { event: reduceRunEvent, key: reduceLiveKey },
    () => 0,
  );
  const requestStop = vi.fn();
  const view = render(<LiveApp store={store} requestStop={requestStop} />);
  try {
    await vi.waitFor(() => expect(view.stdin.listenerCount('readable')).toBeGreaterThan(0));
    for (let line = 0; line < 50; line += 1) store.event({ type: 'log', level: 'info', message: `${line}` });
    view.stdin.write(keys);
    await vi.waitFor(() => expect(store.get()).toMatchObject(expected));
    expect(requestStop).not.toHaveBeenCalled();
    view.stdin.write('q');
    await vi.waitFor(() => expect(requestStop).toHaveBeenCalledOnce());
  } finally {
    view.unmount();
  }
});

it('closes its help on Esc', () => {
  const covered = reduceLiveKey(busy, { type: 'toggleHelp' });
  expect(reduceLiveKey(covered, { type: 'closeOverlay' }).overlay).toBe('none');
});
